using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Pod.</summary>
public sealed record Pod : KubernetesObject<Pod>, IKubernetesObject<Pod>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "pods", "Pod");

    public static JsonTypeInfo<Pod> JsonTypeInfo => KubeJsonContext.Default.Pod;

    public PodSpec? Spec { get; init; }

    public PodStatus? Status { get; init; }
}
