using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 Role.</summary>
public sealed record Role : KubernetesObject<Role>, IKubernetesObject<Role>
{
    public static ResourceDefinition Resource { get; } = new("rbac.authorization.k8s.io", "v1", "roles", "Role");

    public static JsonTypeInfo<Role> JsonTypeInfo => KubeJsonContext.Default.Role;

    public IReadOnlyList<PolicyRule>? Rules { get; init; }
}
