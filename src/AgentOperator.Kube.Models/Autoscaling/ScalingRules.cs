namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ScalingRules: HPAScalingRules.</summary>
public sealed record ScalingRules
{
    public int? StabilizationWindowSeconds { get; init; }

    /// <summary><c>Max</c>, <c>Min</c> or <c>Disabled</c>.</summary>
    public string? SelectPolicy { get; init; }

    public IReadOnlyList<ScalingPolicy>? Policies { get; init; }
}
