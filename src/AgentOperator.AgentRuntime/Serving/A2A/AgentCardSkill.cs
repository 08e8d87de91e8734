namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentSkill.</summary>
internal sealed record AgentCardSkill
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}
