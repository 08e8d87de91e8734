namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ResourceMetricSource.</summary>
public sealed record ResourceMetricSource
{
    /// <summary><c>cpu</c> or <c>memory</c>.</summary>
    public required string Name { get; init; }

    public required MetricTarget Target { get; init; }
}
