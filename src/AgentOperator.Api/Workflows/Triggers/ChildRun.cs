using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>A Workflow of a definition that is under way: written here before it is created.</summary>
public sealed record ChildRun
{
    /// <summary>Name of the Workflow.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>Trigger whose event it is of; <c>apply</c> for a change of the definition.</summary>
    [Bounds(1, 63)]
    public required string Trigger { get; init; }

    /// <summary>Id of the event.</summary>
    [Bounds(1, 253)]
    public required string Event { get; init; }

    /// <summary>Starting until the Workflow has been seen, then Running.</summary>
    [OneOf(StepPhases.Starting, StepPhases.Running)]
    public required string Phase { get; init; }

    /// <summary>When it was decided on.</summary>
    public required MicroTime At { get; init; }
}
