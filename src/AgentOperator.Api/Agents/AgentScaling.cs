using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>Bounds and target of the autoscaler.</summary>
[CelRule("self.min <= self.max", "scaling.min must not be more than scaling.max", FieldPath = ".min")]
public sealed record AgentScaling
{
    /// <summary>Fewest pods.</summary>
    [Bounds(1, 1000)]
    public required int Min { get; init; }

    /// <summary>Most pods.</summary>
    [Bounds(1, 1000)]
    public required int Max { get; init; }

    /// <summary>What a pod is to be loaded with; 80 % of its CPU request if absent.</summary>
    public ScalingTarget? Target { get; init; }
}
