namespace AgentOperator.Agents.Observing;

/// <summary>A container by name, with its image.</summary>
internal sealed record AgentPodContainer
{
    public required string Name { get; init; }

    public string? Image { get; init; }
}
