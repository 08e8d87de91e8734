namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 MetricSpec.</summary>
public sealed record MetricSpec
{
    /// <summary><c>Resource</c>, <c>ContainerResource</c>, <c>Pods</c> or <c>External</c>; the part of that name is set.</summary>
    public required string Type { get; init; }

    public ResourceMetricSource? Resource { get; init; }

    public ContainerResourceMetricSource? ContainerResource { get; init; }

    public PodsMetricSource? Pods { get; init; }

    public ExternalMetricSource? External { get; init; }
}
