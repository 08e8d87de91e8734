using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>An attempt whose Job, or Workflow, is to be created.</summary>
/// <param name="Step">What it does; of a compensation, what undoes the step.</param>
/// <param name="Attempt">Its number.</param>
/// <param name="Job">Name of what is created.</param>
internal sealed record AttemptStart(WorkflowStep Step, int Attempt, string Job)
{
    public StepPart Part { get; init; }

    public int Visit { get; init; } = 1;

    /// <summary>What the step was resolved to.</summary>
    public StepTarget? Target { get; init; }

    /// <summary>The item of a forEach, from 0, where it has a Job of its own.</summary>
    public int? Item { get; init; }

    /// <summary>The items that one Job is about, as ranges.</summary>
    public string? Items { get; init; }

    /// <summary>What tells the attempt from every other.</summary>
    public AttemptId Id => new(Step.Name, Attempt) { Part = Part, Visit = Visit, Item = Item };
}
