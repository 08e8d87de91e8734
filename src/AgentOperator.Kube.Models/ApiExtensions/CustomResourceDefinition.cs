using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.ApiExtensions;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinition, read side: names, versions, and whether the server serves it yet.</summary>
public sealed record CustomResourceDefinition : KubernetesObject<CustomResourceDefinition>, IKubernetesObject<CustomResourceDefinition>
{
    public static ResourceDefinition Resource { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Namespaced: false);

    public static JsonTypeInfo<CustomResourceDefinition> JsonTypeInfo => KubeJsonContext.Default.CustomResourceDefinition;

    public CustomResourceDefinitionSpec? Spec { get; init; }

    public CustomResourceDefinitionStatus? Status { get; init; }
}
