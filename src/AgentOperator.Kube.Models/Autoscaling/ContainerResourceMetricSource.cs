namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ContainerResourceMetricSource.</summary>
public sealed record ContainerResourceMetricSource
{
    public required string Name { get; init; }

    public required string Container { get; init; }

    public required MetricTarget Target { get; init; }
}
