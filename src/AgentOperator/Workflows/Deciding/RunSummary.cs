using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What a person and kstatus read: phase, progress, one sentence, conditions. All of it follows from the steps.</summary>
internal static class RunSummary
{
    private const int MaxColumn = 200;
    private const string RefusedPrefix = "Refused: ";

    /// <summary>Derives the summary of a run from its steps.</summary>
    /// <param name="status">The run.</param>
    /// <param name="generation">Generation of the Workflow's spec.</param>
    /// <param name="now">The time.</param>
    /// <param name="isUnderWay">True where more is to come than the steps tell.</param>
    public static WorkflowStatus Describe(WorkflowStatus status, long? generation, DateTimeOffset now, bool isUnderWay = false)
    {
        IReadOnlyList<StepStatus> all = [.. RunParts.All(status)];
        int ended = all.Count(static step => StepPhases.IsFinal(step.Phase));
        (string phase, string message) = State(status, all, isUnderWay ? -1 : ended);
        return status with
        {
            Phase = phase,
            FinishedAt = WorkflowPhases.IsFinal(phase) ? status.FinishedAt ?? new MicroTime(now) : null,
            PausedSince = WorkflowPhases.IsFinal(phase) ? null : status.PausedSince,
            WaitingSince = WorkflowPhases.IsFinal(phase) ? null : status.WaitingSince,
            Progress = string.Create(CultureInfo.InvariantCulture, $"{ended}/{all.Count}"),
            Step = Join(all.Where(static step => StepPhases.IsActive(step.Phase)).Select(static step => step.Name)),
            Waiting = Join(all.Where(static step => step.Waiting is { Reason: not WaitingReasons.Dependency }).Select(static step => $"{step.Waiting!.Reason}: {step.Name}")),
            Cost = RunCost.Text(all),
            Message = message,
            Conditions = StatusSize.Keep(status.Conditions, Conditions.Merge(status.Conditions, [.. GateConditions.Ready(phase, all) ?? Of(phase, message, status.ObservedGeneration != generation), .. GateConditions.Further(status, phase, all)], status.ObservedGeneration, now)),
        };
    }

    /// <summary>The status of a workflow whose spec changed in nothing that a run would show.</summary>
    public static WorkflowStatus Settled(WorkflowStatus status, long? generation, DateTimeOffset now)
    {
        WorkflowStatus settled = status with { ObservedGeneration = generation };
        return status.Run is null || status.Steps is null ? settled : Describe(settled, generation, now);
    }

    /// <summary>The status of a spec that cannot be run: what there was of an earlier run stays.</summary>
    public static WorkflowStatus Refused(WorkflowStatus status, SpecProblem problem, long? generation, DateTimeOffset now) => status with
    {
        ObservedGeneration = generation,
        Phase = status.Run is null ? WorkflowPhases.Pending : status.Phase,
        Waiting = $"{RefusedPrefix}{problem.Reason}",
        Message = Sentence.Limit(problem.Message),
        Conditions = Stalled(status, problem.Reason, Sentence.Limit(problem.Message), generation, now),
    };

    /// <summary>True while the newest spec stands refused.</summary>
    public static bool IsRefused(WorkflowStatus status) => status.Waiting?.StartsWith(RefusedPrefix, StringComparison.Ordinal) == true;

    /// <summary>The same, for one reason.</summary>
    public static bool IsRefused(WorkflowStatus status, string reason) => status.Waiting == RefusedPrefix + reason;

    /// <summary>A run is wanted, and none may start.</summary>
    public static WorkflowStatus Held(WorkflowStatus status, string reason, string message, DateTimeOffset now) => status with
    {
        Phase = status.Run is null ? WorkflowPhases.Pending : status.Phase,
        Waiting = reason,
        Message = message,
        Conditions = Conditions.Merge(
            status.Conditions,
            [new(ConditionTypes.Ready, ConditionStatus.False, reason, message), new(ConditionTypes.Reconciling, ConditionStatus.True, reason, message)],
            status.ObservedGeneration,
            now),
    };

    /// <summary>The copy of the run's spec cannot be had: the run ends, because nobody knows what it was to do.</summary>
    public static WorkflowStatus SpecLost(WorkflowStatus status, DateTimeOffset now)
    {
        string message = $"ControllerRevision {status.RunSpecRevision}, which holds the spec of this run, is gone or was changed; change runToken to run anew";
        return status with
        {
            Phase = WorkflowPhases.Failed,
            FinishedAt = new MicroTime(now),
            Step = null,
            Waiting = null,
            Message = message,
            Steps = [.. (status.Steps ?? []).Select(step => Lose(step, message, now))],
            Compensations = status.Compensations is { } undone ? [.. undone.Select(step => Lose(step, message, now))] : null,
            Finally = status.Finally is { } last ? [.. last.Select(step => Lose(step, message, now))] : null,
            Conditions = Stalled(status, StepReasons.RunSpecLost, message, status.ObservedGeneration, now),
        };
    }

    /// <summary>The steps have succeeded, but what the run was to give cannot be made of their results.</summary>
    public static WorkflowStatus BadOutputs(WorkflowStatus status, string why, long? generation, DateTimeOffset now) => status with
    {
        Phase = WorkflowPhases.Failed,
        Message = Sentence.Limit(why),
        Conditions = Stalled(status, StepReasons.BadOutput, Sentence.Limit(why), generation, now),
    };

    /// <summary>The old status and why the new one was not taken.</summary>
    public static WorkflowStatus StatusRefused(WorkflowStatus status, string why, DateTimeOffset now)
    {
        string message = $"the API server does not take the status of this run: {Sentence.Limit(why)}";
        return status with { Message = message, Conditions = Stalled(status, "StatusRefused", message, status.ObservedGeneration, now) };
    }

    private static (string Phase, string Message) State(WorkflowStatus status, IReadOnlyList<StepStatus> all, int ended)
    {
        IReadOnlyList<StepStatus> steps = status.Steps ?? [];
        string message = RunOutcome.Undoing(status) is { } undoing ? $"{RunOutcome.Message(status.Stop, steps)}; {undoing}" : RunOutcome.Message(status.Stop, steps);
        if (ended < all.Count)
        {
            return status.PausedSince is null ? (WorkflowPhases.Running, message) : (WorkflowPhases.Suspended, $"suspended by spec.suspend; {message}");
        }

        string phase = RunOutcome.Of(status, steps);
        StepStatus? missed = status.Finally?.FirstOrDefault(static step => !StepPhases.MeetsNeed(step.Phase));
        return missed is null || status.Stop is { Mode: CancelModes.Immediate } or { Reason: StopReasons.Deleted }
            ? (phase, message)
            : (phase == WorkflowPhases.Succeeded ? WorkflowPhases.Failed : phase, $"{message}; in finally, {RunOutcome.Failure(missed)}");
    }

    private static IReadOnlyList<ConditionState> Of(string phase, string message, bool isChangeWaiting)
    {
        string underWay = isChangeWaiting ? "the run is under way; a change of the spec waits for its end" : "the run is under way";
        return phase switch
        {
            WorkflowPhases.Succeeded => [new(ConditionTypes.Ready, ConditionStatus.True, phase, message)],
            WorkflowPhases.Failed or WorkflowPhases.Compensated or WorkflowPhases.Cancelled => [new(ConditionTypes.Ready, ConditionStatus.False, phase, message), new(ConditionTypes.Stalled, ConditionStatus.True, phase, message)],
            _ => [new(ConditionTypes.Ready, ConditionStatus.Unknown, phase, underWay), new(ConditionTypes.Reconciling, ConditionStatus.True, phase, underWay)],
        };
    }

    private static IReadOnlyList<Condition> Stalled(WorkflowStatus status, string reason, string message, long? generation, DateTimeOffset now) => Conditions.Merge(
        status.Conditions,
        [new(ConditionTypes.Ready, ConditionStatus.False, reason, message), new(ConditionTypes.Stalled, ConditionStatus.True, reason, message)],
        generation,
        now);

    private static StepStatus Lose(StepStatus step, string message, DateTimeOffset now) => StepPhases.IsFinal(step.Phase)
        ? step
        : step with { Phase = StepPhases.Errored, Waiting = null, Reason = StepReasons.RunSpecLost, Message = message, FinishedAt = new MicroTime(now) };

    private static string? Join(IEnumerable<string> names)
    {
        string text = string.Join(", ", names);
        return text.Length == 0 ? null : text.Length <= MaxColumn ? text : text[..(MaxColumn - 1)] + "…";
    }
}
