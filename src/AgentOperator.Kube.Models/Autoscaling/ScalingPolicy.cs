namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ScalingPolicy: HPAScalingPolicy.</summary>
public sealed record ScalingPolicy
{
    /// <summary><c>Pods</c> or <c>Percent</c>.</summary>
    public required string Type { get; init; }

    public required int Value { get; init; }

    public required int PeriodSeconds { get; init; }
}
