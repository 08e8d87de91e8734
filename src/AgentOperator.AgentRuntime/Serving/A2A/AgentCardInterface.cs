namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentInterface.</summary>
internal sealed record AgentCardInterface
{
    public required string Url { get; init; }

    public required string ProtocolBinding { get; init; }

    public required string ProtocolVersion { get; init; }
}
