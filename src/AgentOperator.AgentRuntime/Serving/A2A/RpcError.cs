namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>JSON-RPC 2.0 error.</summary>
internal sealed record RpcError
{
    public required int Code { get; init; }

    public required string Message { get; init; }

    public IReadOnlyList<ErrorInfo>? Data { get; init; }
}
