namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 HorizontalPodAutoscalerStatus.</summary>
public sealed record HorizontalPodAutoscalerStatus
{
    public long? ObservedGeneration { get; init; }

    public Time? LastScaleTime { get; init; }

    public int? CurrentReplicas { get; init; }

    public int? DesiredReplicas { get; init; }

    public IReadOnlyList<HorizontalPodAutoscalerCondition>? Conditions { get; init; }
}
