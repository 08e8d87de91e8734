namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentCapabilities.</summary>
internal sealed record AgentCardCapabilities
{
    public bool Streaming => true;

    public bool PushNotifications => false;

    public bool ExtendedAgentCard => false;

    public required IReadOnlyList<AgentCardExtension> Extensions { get; init; }
}
