using AgentOperator.Api.Prices;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Runs;

/// <summary>What there is to show of a Workflow and those below it.</summary>
internal static class RunViewReader
{
    // Workflows cannot hold themselves; this holds where somebody has written a status by hand.
    private const int MaxDepth = 20;

    public static RunView Read(WorkflowFamily family) => Read(family.Root, family, 0);

    private static RunView Read(Workflow workflow, WorkflowFamily family, int depth)
    {
        WorkflowStatus? status = workflow.Status;
        return new RunView
        {
            Namespace = workflow.Metadata.Namespace ?? "",
            Name = workflow.Metadata.Name ?? "",
            Run = status?.Run,
            Phase = status?.Phase ?? WorkflowPhases.Pending,
            Progress = status?.Progress,
            StartedAt = status?.StartedAt,
            FinishedAt = status?.FinishedAt,
            Attempts = status?.Attempts,
            Cost = status?.Cost,
            Waiting = status?.Waiting,
            Message = status?.Message,
            IsStalled = RunState.IsStalled(workflow),
            IsBehind = !RunState.IsObserved(workflow),
            RerunOf = status?.RerunOf,
            Trace = status?.Trace?.Id,
            Steps = [.. RunSteps.Ordinary(workflow).Select(Step)],
            Compensations = [.. (status?.Compensations ?? []).Select(step => Step(new RunStep(null, step)))],
            Finally = [.. RunSteps.Finally(workflow).Select(Step)],
        };

        StepView Step(RunStep step) => Read(workflow, step) with
        {
            Workflow = step.Step?.Workflow is not null && step.Status?.Job is { } child && depth < MaxDepth && family.Known.TryGetValue(child, out Workflow? nested)
                ? Read(nested, family, depth + 1)
                : null,
        };
    }

    private static StepView Read(Workflow workflow, RunStep step) => new()
    {
        Name = step.Name,
        Kind = StepKind.Of(step.Step),
        Phase = step.Status?.Phase ?? StepPhases.Pending,
        Needs = step.Step?.Needs ?? [],
        Attempt = step.Status?.Attempt ?? 0,
        Visit = step.Status?.Visit,
        MaxVisits = step.Step?.Next?.MaxVisits,
        Goto = step.Step?.Next?.Goto,
        Items = ItemCounts.Of(step.Status?.Items),
        StartedAt = step.Status?.StartedAt,
        FinishedAt = step.Status?.FinishedAt,
        Cost = step.Status?.Usage is { CostMicros: { } micros, Currency: { } currency } ? Money.Format(micros, currency) : null,
        Waiting = Waiting(workflow, step),
        DueAt = step.Status?.DueAt,
        Gate = step.Status?.Gate,
        ExitCode = step.Status?.ExitCode,
        Reason = step.Status?.Reason,
        Message = step.Status?.Message,
        ReusedFrom = step.Status?.ReusedFrom,
        Job = step.Status?.Job,
    };

    /// <summary>Why a step waits; where this program can do something about it, how.</summary>
    private static StepWaiting? Waiting(Workflow workflow, RunStep step) => step.Status?.Waiting switch
    {
        { Reason: WaitingReasons.Checkpoint } waiting => waiting with { Message = $"kubectl agents resume {workflow.Metadata.Name} {step.Name} lets the run go on" },
        { Reason: WaitingReasons.Approval } waiting when step.Status.Gate is { Progress: { } progress } gate => waiting with { Message = $"{progress} approved; {gate.Missing ?? waiting.Message}" },
        var waiting => waiting,
    };
}
