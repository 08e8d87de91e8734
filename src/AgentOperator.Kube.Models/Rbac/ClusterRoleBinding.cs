using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 ClusterRoleBinding.</summary>
public sealed record ClusterRoleBinding : KubernetesObject<ClusterRoleBinding>, IKubernetesObject<ClusterRoleBinding>
{
    public static ResourceDefinition Resource { get; } = new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", Namespaced: false);

    public static JsonTypeInfo<ClusterRoleBinding> JsonTypeInfo => KubeJsonContext.Default.ClusterRoleBinding;

    public IReadOnlyList<Subject>? Subjects { get; init; }

    /// <summary>Cannot be changed once written.</summary>
    public required RoleRef RoleRef { get; init; }
}
