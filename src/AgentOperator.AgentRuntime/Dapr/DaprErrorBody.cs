namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>What a sidecar answers when it refuses; its details are not read.</summary>
internal sealed record DaprErrorBody
{
    public string? ErrorCode { get; init; }

    public string? Message { get; init; }
}
