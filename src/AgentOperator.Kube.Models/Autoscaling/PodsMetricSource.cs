namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 PodsMetricSource.</summary>
public sealed record PodsMetricSource
{
    public required MetricIdentifier Metric { get; init; }

    public required MetricTarget Target { get; init; }
}
