namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 ReplicaSetStatus.</summary>
public sealed record ReplicaSetStatus
{
    public int Replicas { get; init; }

    public int? FullyLabeledReplicas { get; init; }

    public int? ReadyReplicas { get; init; }

    public int? AvailableReplicas { get; init; }

    public int? TerminatingReplicas { get; init; }

    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<DeploymentCondition>? Conditions { get; init; }
}
