using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>What to run. A change of params, defaults, steps or runToken starts a new run once the current one has ended.</summary>
[CelRule(
    "[self.steps.transformMapEntry(i, s, {s.name: true})].all(m, self.steps.all(s, !has(s.needs) || s.needs.all(n, n in m)))",
    "every name in a step's needs must be the name of a step of this workflow: correct the name or add the step",
    MessageExpression =
        "[self.steps.transformMapEntry(i, s, {s.name: true})].map(m, self.steps.transformList(i, s, has(s.needs) && !s.needs.all(n, n in m), "
        + "'step ' + s.name + ' needs ' + s.needs[s.needs.transformList(j, n, !(n in m), j)[0]]"
        + " + ', which is no step of this workflow: correct the name or add the step'))[0][0]",
    FieldPath = ".steps")]
public sealed record WorkflowSpec
{
    /// <summary>Any text; a new value starts a new run of an otherwise unchanged workflow.</summary>
    [Bounds(1, 253)]
    public string? RunToken { get; init; }

    /// <summary>Inputs of the workflow, read as <c>{{ params.name }}</c>.</summary>
    [ListMap("name")]
    [Bounds(0, 100)]
    public IReadOnlyList<WorkflowParameter>? Params { get; init; }

    /// <summary>What holds for every step that does not say otherwise.</summary>
    public StepDefaults? Defaults { get; init; }

    /// <summary>The steps. Those without needs start at once; order in the list means nothing.</summary>
    [ListMap("name")]
    [Bounds(1, 500)]
    public required IReadOnlyList<WorkflowStep> Steps { get; init; }
}
