namespace AgentOperator.Agents.Observing;

/// <summary>The containers of a pod.</summary>
internal sealed record AgentPodSpec
{
    public IReadOnlyList<AgentPodContainer> InitContainers { get => field ?? []; init; }

    public IReadOnlyList<AgentPodContainer> Containers { get => field ?? []; init; }
}
