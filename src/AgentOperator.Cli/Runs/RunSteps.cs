using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Runs;

/// <summary>The steps of a run: what its spec says of them, beside what has become of them.</summary>
internal static class RunSteps
{
    public static IEnumerable<RunStep> All(Workflow workflow) => Ordinary(workflow).Concat(Finally(workflow));

    public static IEnumerable<RunStep> Ordinary(Workflow workflow) => Join(SpecOf(workflow).Steps, workflow.Status?.Steps);

    public static IEnumerable<RunStep> Finally(Workflow workflow) => Join(SpecOf(workflow).Finally, workflow.Status?.Finally);

    /// <summary>The spec that the run executes, where it can be had; else the newest, which may differ.</summary>
    private static (IReadOnlyList<WorkflowStep> Steps, IReadOnlyList<WorkflowStep>? Finally) SpecOf(Workflow workflow) =>
        workflow.Status?.RunSpec is { } run ? (run.Steps, run.Finally) : (workflow.Spec.Steps, workflow.Spec.Finally);

    private static IEnumerable<RunStep> Join(IReadOnlyList<WorkflowStep>? spec, IReadOnlyList<StepStatus>? status)
    {
        // A file that nobody has checked may have a name twice.
        Dictionary<string, WorkflowStep> written = (spec ?? []).DistinctBy(static step => step.Name, StringComparer.Ordinal).ToDictionary(static step => step.Name, StringComparer.Ordinal);
        return status is null
            ? written.Values.Select(static step => new RunStep(step, null))
            : status.Select(step => new RunStep(written.GetValueOrDefault(step.Name), step));
    }
}
