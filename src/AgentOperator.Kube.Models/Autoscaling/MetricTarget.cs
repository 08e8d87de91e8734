namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 MetricTarget.</summary>
public sealed record MetricTarget
{
    /// <summary><c>Utilization</c>, <c>Value</c> or <c>AverageValue</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Percent of what the pods request.</summary>
    public int? AverageUtilization { get; init; }

    public Quantity? AverageValue { get; init; }

    public Quantity? Value { get; init; }
}
