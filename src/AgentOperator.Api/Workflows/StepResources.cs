using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Compute resources of a step (v1 ResourceRequirements).</summary>
public sealed record StepResources
{
    /// <summary>Most that the step may use, by resource name.</summary>
    [Bounds(0, 20)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; init; }

    /// <summary>What the step is promised, by resource name.</summary>
    [Bounds(0, 20)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; init; }
}
