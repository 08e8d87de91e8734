using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One step of a run that is being decided: what it is to do, and how it stands.</summary>
internal sealed class StepRow(StepPart part, WorkflowStep spec, StepStatus status)
{
    public StepPart Part { get; } = part;

    public WorkflowStep Spec { get; } = spec;

    public StepStatus Status { get; set; } = status;

    /// <summary>True while a checkpoint holds what needs the step; its own work is done.</summary>
    public bool IsAtCheckpoint => Status is { Phase: StepPhases.Waiting, Waiting.Reason: WaitingReasons.Checkpoint };

    /// <summary>True once the step's own conditions to begin were met.</summary>
    public bool HasBegun => Status.StartedAt is not null;

    public static StepRow[] Of(StepPart part, IReadOnlyList<WorkflowStep>? specs, IReadOnlyList<StepStatus>? statuses) =>
        specs is { Count: > 0 } ? [.. specs.Select((spec, index) => new StepRow(part, spec, statuses![index]))] : [];

    public AttemptId Id(int attempt) => new(Spec.Name, attempt) { Part = Part, Visit = Status.Visit ?? 1 };

    /// <summary>The step waits; what is said of it stays as it is while it waits for the same.</summary>
    public void Block(string phase, string reason, string message, DateTimeOffset? until = null)
    {
        if (Status.Phase != phase || Status.Waiting?.Reason != reason || Status.Waiting.Message != message)
        {
            Status = Status with { Phase = phase, Waiting = new StepWaiting { Reason = reason, Message = Sentence.Limit(message), Until = until is { } end ? new MicroTime(end) : null } };
        }
    }

    public void Omit(string message, DateTimeOffset now) => End(StepPhases.Omitted, null, message, now);

    public void Fail(string reason, string message, DateTimeOffset now) => End(StepPhases.Failed, reason, message, now);

    /// <summary>The step ends without another attempt.</summary>
    public void End(string phase, string? reason, string? message, DateTimeOffset now) =>
        Status = Status with { Phase = phase, Waiting = null, Reason = reason, Message = message is null ? null : Sentence.Limit(message), FinishedAt = new MicroTime(now) };

    /// <summary>The run ends here: an attempt under way or due is cancelled, and what never started never will.</summary>
    public void Stop(string reason, string message, DateTimeOffset now)
    {
        if (StepPhases.IsFinal(Status.Phase) || PassedCheckpoint(now))
        {
            return;
        }

        if (Status.Attempt == 0)
        {
            Forget();
            Omit($"not started: {message}", now);
            return;
        }

        End(StepPhases.Cancelled, reason, message, now);
    }

    /// <summary>Another step has failed for good: what has not started never will, and the retry that is due does not come.</summary>
    public void GiveUp(string message, DateTimeOffset now)
    {
        if (Status.Phase is not (StepPhases.Pending or StepPhases.Waiting) || PassedCheckpoint(now))
        {
            return;
        }

        if (Status.Attempt == 0)
        {
            Forget();
            Omit(message, now);
            return;
        }

        bool isError = Status.Reason is StepReasons.JobRefused or StepReasons.ImagePull or StepReasons.PodLost or StepReasons.NotStarted or StepReasons.ResultLost;
        Status = Status with { Phase = isError ? StepPhases.Errored : StepPhases.Failed, Waiting = null, FinishedAt = new MicroTime(now) };
    }

    /// <summary>The loop comes to the step once more.</summary>
    public void Again()
    {
        bool hasResult = Status.Phase == StepPhases.Succeeded;
        Status = RunStart.Pending(Spec) with
        {
            Visit = (Status.Visit ?? 1) + 1,
            EarlierAttempts = (Status.EarlierAttempts ?? 0) + Status.Attempt,
            Usage = Status.Usage,
            Previous = hasResult ? new PreviousVisit { Visit = Status.Visit ?? 1, Outputs = Status.Outputs, References = Status.References, StartedAt = Status.StartedAt, FinishedAt = Status.FinishedAt } : Status.Previous,
        };
    }

    /// <summary>Nothing of an earlier run's result is left on a step that never ran.</summary>
    private void Forget() => Status = RunStart.Pending(Spec) with
    {
        Visit = Status.Visit,
        Passes = Status.ReusedFrom is null ? Status.Passes : null,
        EarlierAttempts = Status.EarlierAttempts,
        Previous = Status.Previous,
        Usage = Status.Usage,
        StartedAt = Status.StartedAt,
    };

    /// <summary>A step that waits at its checkpoint has done its work, and must be known as done to be undone.</summary>
    private bool PassedCheckpoint(DateTimeOffset now)
    {
        if (IsAtCheckpoint)
        {
            End(StepPhases.Succeeded, null, "the run ended while the checkpoint held it", now);
            return true;
        }

        return false;
    }
}
