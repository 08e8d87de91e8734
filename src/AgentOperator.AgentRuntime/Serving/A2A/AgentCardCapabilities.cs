namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentCapabilities.</summary>
internal sealed record AgentCardCapabilities
{
    public bool Streaming { get; } = true;

    public bool PushNotifications { get; }

    public bool ExtendedAgentCard { get; }

    public required IReadOnlyList<AgentCardExtension> Extensions { get; init; }
}
