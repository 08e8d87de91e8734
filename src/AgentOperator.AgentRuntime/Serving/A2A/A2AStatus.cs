namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 TaskStatus.</summary>
internal sealed record A2AStatus
{
    public required string State { get; init; }

    public A2AMessage? Message { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}
