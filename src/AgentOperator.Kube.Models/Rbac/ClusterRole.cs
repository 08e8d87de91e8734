using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 ClusterRole.</summary>
public sealed record ClusterRole : KubernetesObject<ClusterRole>, IKubernetesObject<ClusterRole>
{
    public static ResourceDefinition Resource { get; } = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Namespaced: false);

    public static JsonTypeInfo<ClusterRole> JsonTypeInfo => KubeJsonContext.Default.ClusterRole;

    /// <summary>Filled by the server when there is an aggregation rule.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    public AggregationRule? AggregationRule { get; init; }
}
