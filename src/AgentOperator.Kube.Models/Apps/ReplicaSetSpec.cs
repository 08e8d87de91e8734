using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 ReplicaSetSpec.</summary>
public sealed record ReplicaSetSpec
{
    public int? Replicas { get; init; }

    public int? MinReadySeconds { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplateSpec? Template { get; init; }
}
