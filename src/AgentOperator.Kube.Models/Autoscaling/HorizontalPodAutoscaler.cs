using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 HorizontalPodAutoscaler.</summary>
public sealed record HorizontalPodAutoscaler : KubernetesObject<HorizontalPodAutoscaler>, IKubernetesObject<HorizontalPodAutoscaler>
{
    public static ResourceDefinition Resource { get; } = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");

    public static JsonTypeInfo<HorizontalPodAutoscaler> JsonTypeInfo => KubeJsonContext.Default.HorizontalPodAutoscaler;

    public HorizontalPodAutoscalerSpec? Spec { get; init; }

    public HorizontalPodAutoscalerStatus? Status { get; init; }
}
