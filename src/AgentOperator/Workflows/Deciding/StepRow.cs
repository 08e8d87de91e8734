using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One step of a run that is being decided: what it is to do, and how it stands.</summary>
internal sealed class StepRow(WorkflowStep spec, StepStatus status)
{
    public WorkflowStep Spec { get; } = spec;

    public StepStatus Status { get; set; } = status;

    public static StepRow[] Of(IReadOnlyList<WorkflowStep>? specs, IReadOnlyList<StepStatus>? statuses) =>
        specs is { Count: > 0 } ? [.. specs.Select((spec, index) => new StepRow(spec, statuses![index]))] : [];

    /// <summary>The step waits; what is said of it stays as it is while it waits for the same.</summary>
    public void Block(string phase, string reason, string message)
    {
        if (Status.Phase != phase || Status.Waiting?.Reason != reason || Status.Waiting.Message != message)
        {
            Status = Status with { Phase = phase, Waiting = new StepWaiting { Reason = reason, Message = Sentence.Limit(message) } };
        }
    }

    public void Omit(string message, DateTimeOffset now) =>
        Status = RunStart.Pending(Spec) with { Phase = StepPhases.Omitted, Message = message, FinishedAt = new MicroTime(now) };

    /// <summary>The run ends here: an attempt under way or due is cancelled, and what never started never will.</summary>
    public void Stop(string reason, string message, DateTimeOffset now)
    {
        if (StepPhases.IsFinal(Status.Phase))
        {
            return;
        }

        if (Status.Attempt == 0)
        {
            Omit($"not started: {message}", now);
            return;
        }

        Status = Status with { Phase = StepPhases.Cancelled, Waiting = null, Reason = reason, Message = message, FinishedAt = new MicroTime(now) };
    }

    /// <summary>Another step has failed for good: what has not started never will, and the retry that is due does not come.</summary>
    public void GiveUp(string message, DateTimeOffset now)
    {
        if (Status.Phase is not (StepPhases.Pending or StepPhases.Waiting))
        {
            return;
        }

        if (Status.Attempt == 0)
        {
            Omit(message, now);
            return;
        }

        bool isError = Status.Reason is StepReasons.JobRefused or StepReasons.ImagePull or StepReasons.PodLost or StepReasons.NotStarted or StepReasons.ResultLost;
        Status = Status with { Phase = isError ? StepPhases.Errored : StepPhases.Failed, Waiting = null, FinishedAt = new MicroTime(now) };
    }
}
