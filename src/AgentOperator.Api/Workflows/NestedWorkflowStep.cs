using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Runs another Workflow of the namespace as a step: a copy of it, owned by this one.</summary>
public sealed record NestedWorkflowStep
{
    /// <summary>Name of the Workflow whose spec is run; no <c>{{ }}</c> here.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>Values for its params; those that are not named here keep their own.</summary>
    [ListMap("name")]
    [Bounds(0, 100)]
    public IReadOnlyList<ParameterValue>? Params { get; init; }
}
