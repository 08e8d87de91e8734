using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 ReplicaSet.</summary>
public sealed record ReplicaSet : KubernetesObject<ReplicaSet>, IKubernetesObject<ReplicaSet>
{
    public static ResourceDefinition Resource { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    public static JsonTypeInfo<ReplicaSet> JsonTypeInfo => KubeJsonContext.Default.ReplicaSet;

    public ReplicaSetSpec? Spec { get; init; }

    public ReplicaSetStatus? Status { get; init; }
}
