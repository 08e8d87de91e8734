using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v1 Scale, the body of <c>/scale</c> subresources.</summary>
public sealed record Scale : KubernetesObject<Scale>, IKubernetesObject<Scale>
{
    public static ResourceDefinition Resource { get; } = new("autoscaling", "v1", "scales", "Scale");

    public static JsonTypeInfo<Scale> JsonTypeInfo => KubeJsonContext.Default.Scale;

    public ScaleSpec? Spec { get; init; }

    public ScaleStatus? Status { get; init; }
}
