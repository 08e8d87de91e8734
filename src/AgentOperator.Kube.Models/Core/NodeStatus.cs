namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NodeStatus.</summary>
public sealed record NodeStatus
{
    public IReadOnlyList<NodeCondition>? Conditions { get; init; }

    public IReadOnlyList<NodeAddress>? Addresses { get; init; }

    public NodeSystemInfo? NodeInfo { get; init; }
}
