using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Namespace.</summary>
public sealed record Namespace : KubernetesObject<Namespace>, IKubernetesObject<Namespace>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "namespaces", "Namespace", Namespaced: false);

    public static JsonTypeInfo<Namespace> JsonTypeInfo => KubeJsonContext.Default.Namespace;

    public NamespaceSpec? Spec { get; init; }

    public NamespaceStatus? Status { get; init; }
}
