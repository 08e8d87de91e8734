namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>google.rpc.Status as JSON.</summary>
internal sealed record RestError
{
    /// <summary>The HTTP status.</summary>
    public required int Code { get; init; }

    /// <summary>Name of the gRPC status: NOT_FOUND.</summary>
    public required string Status { get; init; }

    public required string Message { get; init; }

    public required IReadOnlyList<ErrorInfo> Details { get; init; }
}
