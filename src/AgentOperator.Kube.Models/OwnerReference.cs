namespace AgentOperator.Kube.Models;

/// <summary>Names an owner in the same namespace, or a cluster-scoped one; the garbage collector deletes what has lost all of its owners.</summary>
public sealed record OwnerReference
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public bool? Controller { get; init; }

    public bool? BlockOwnerDeletion { get; init; }
}
