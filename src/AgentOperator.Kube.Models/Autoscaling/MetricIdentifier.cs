namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 MetricIdentifier.</summary>
public sealed record MetricIdentifier
{
    public required string Name { get; init; }

    public LabelSelector? Selector { get; init; }
}
