namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 HorizontalPodAutoscalerBehavior.</summary>
public sealed record HorizontalPodAutoscalerBehavior
{
    public ScalingRules? ScaleUp { get; init; }

    public ScalingRules? ScaleDown { get; init; }
}
