namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ExternalMetricSource.</summary>
public sealed record ExternalMetricSource
{
    public required MetricIdentifier Metric { get; init; }

    public required MetricTarget Target { get; init; }
}
