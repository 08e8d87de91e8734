using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What a person and kstatus read: phase, progress, one sentence, conditions. All of it follows from the steps.</summary>
internal static class RunSummary
{
    private const int MaxColumn = 200;

    /// <summary>Derives the summary of a run from its steps.</summary>
    public static WorkflowStatus Describe(WorkflowStatus status, DateTimeOffset now)
    {
        IReadOnlyList<StepStatus> steps = status.Steps ?? [];
        int ended = steps.Count(static step => StepPhases.IsFinal(step.Phase));
        StepStatus? failed = steps.FirstOrDefault(static step => step.Phase is StepPhases.Failed or StepPhases.Errored);
        string phase = ended < steps.Count ? WorkflowPhases.Running : failed is null ? WorkflowPhases.Succeeded : WorkflowPhases.Failed;
        string message = failed is not null
            ? $"step {failed.Name} {failed.Phase.ToLowerInvariant()} ({failed.Reason}): {failed.Message}"
            : string.Create(CultureInfo.InvariantCulture, $"{ended} of {steps.Count} steps succeeded");
        return status with
        {
            Phase = phase,
            FinishedAt = phase == WorkflowPhases.Running ? null : status.FinishedAt ?? new MicroTime(now),
            Progress = string.Create(CultureInfo.InvariantCulture, $"{ended}/{steps.Count}"),
            Step = Join(steps.Where(static step => step.Phase is StepPhases.Starting or StepPhases.Running).Select(static step => step.Name)),
            Waiting = Join(steps.Where(static step => step.Waiting is { Reason: not WaitingReasons.Dependency }).Select(static step => $"{step.Waiting!.Reason}: {step.Name}")),
            Message = message,
            Conditions = Conditions.Merge(status.Conditions, phase switch
            {
                WorkflowPhases.Succeeded => [new(ConditionTypes.Ready, ConditionStatus.True, phase, message)],
                WorkflowPhases.Failed => [new(ConditionTypes.Ready, ConditionStatus.False, phase, message), new(ConditionTypes.Stalled, ConditionStatus.True, phase, message)],
                _ => [new(ConditionTypes.Ready, ConditionStatus.Unknown, phase, "the run is under way"), new(ConditionTypes.Reconciling, ConditionStatus.True, phase, "the run is under way")],
            }, status.ObservedGeneration, now),
        };
    }

    /// <summary>The status of a spec that cannot be run: what there was of an earlier run stays.</summary>
    public static WorkflowStatus Refused(WorkflowStatus status, SpecProblem problem, long? generation, DateTimeOffset now) => status with
    {
        ObservedGeneration = generation,
        Phase = status.Run is null ? WorkflowPhases.Pending : status.Phase,
        Waiting = $"Refused: {problem.Reason}",
        Message = problem.Message,
        Conditions = Conditions.Merge(
            status.Conditions,
            [new(ConditionTypes.Ready, ConditionStatus.False, problem.Reason, problem.Message), new(ConditionTypes.Stalled, ConditionStatus.True, problem.Reason, problem.Message)],
            generation,
            now),
    };

    /// <summary>The old status and why the new one was not taken.</summary>
    public static WorkflowStatus StatusRefused(WorkflowStatus status, string why, DateTimeOffset now)
    {
        string message = $"the API server does not take the status of this run: {Sentence.Limit(why)}";
        return status with
        {
            Message = message,
            Conditions = Conditions.Merge(
                status.Conditions,
                [new(ConditionTypes.Ready, ConditionStatus.False, "StatusRefused", message), new(ConditionTypes.Stalled, ConditionStatus.True, "StatusRefused", message)],
                status.ObservedGeneration,
                now),
        };
    }

    private static string? Join(IEnumerable<string> names)
    {
        string text = string.Join(", ", names);
        return text.Length == 0 ? null : text.Length <= MaxColumn ? text : text[..(MaxColumn - 1)] + "…";
    }
}
