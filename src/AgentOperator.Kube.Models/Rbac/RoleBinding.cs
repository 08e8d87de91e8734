using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 RoleBinding.</summary>
public sealed record RoleBinding : KubernetesObject<RoleBinding>, IKubernetesObject<RoleBinding>
{
    public static ResourceDefinition Resource { get; } = new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");

    public static JsonTypeInfo<RoleBinding> JsonTypeInfo => KubeJsonContext.Default.RoleBinding;

    public IReadOnlyList<Subject>? Subjects { get; init; }

    /// <summary>Cannot be changed once written.</summary>
    public required RoleRef RoleRef { get; init; }
}
