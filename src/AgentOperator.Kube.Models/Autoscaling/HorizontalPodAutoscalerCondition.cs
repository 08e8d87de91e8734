namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 HorizontalPodAutoscalerCondition.</summary>
public sealed record HorizontalPodAutoscalerCondition
{
    /// <summary><c>ScalingActive</c>, <c>AbleToScale</c> or <c>ScalingLimited</c>.</summary>
    public required string Type { get; init; }

    public required string Status { get; init; }

    public Time? LastTransitionTime { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }
}
