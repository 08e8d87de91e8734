using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Coordination;

/// <summary>coordination.k8s.io/v1 Lease.</summary>
public sealed record Lease : KubernetesObject<Lease>, IKubernetesObject<Lease>
{
    public static ResourceDefinition Resource { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static JsonTypeInfo<Lease> JsonTypeInfo => KubeJsonContext.Default.Lease;

    public LeaseSpec? Spec { get; init; }
}
