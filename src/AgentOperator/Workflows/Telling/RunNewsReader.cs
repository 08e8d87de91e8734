using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Telling;

/// <summary>What is new in a status, as events. It is told after the write, so nothing is told that did not happen.</summary>
internal static class RunNewsReader
{
    public static IReadOnlyList<RunNews> Between(WorkflowStatus? before, WorkflowStatus after)
    {
        List<RunNews> news = [];
        bool isNewRun = before?.Run != after.Run;
        if (isNewRun && after.RerunOf is { } of)
        {
            news.Add(new(false, EventReasons.RunStarted, "Start", $"run {after.Run} started; it takes over results of run {of} where inputs are the same"));
        }
        else if (isNewRun)
        {
            news.Add(new(false, EventReasons.RunStarted, "Start", $"run {after.Run} started"));
        }

        AddRequests(news, before, after);
        GateNews.Add(news, before, after);
        AddSteps(news, isNewRun ? null : before?.Steps, after.Steps);
        CompensationNews.Add(news, isNewRun ? null : before, after);
        AddSteps(news, isNewRun ? null : before?.Finally, after.Finally);
        AddPhase(news, isNewRun ? null : before, after);
        AddRefusal(news, before, after);
        return news;
    }

    private static void AddRequests(List<RunNews> news, WorkflowStatus? before, WorkflowStatus after)
    {
        if (after.LastHandledRequest?.Message is { } refused && after.LastHandledRequest != before?.LastHandledRequest)
        {
            news.Add(new(true, EventReasons.RequestRefused, "Request", refused));
        }

        if (after.Stop is { } stop && stop != before?.Stop)
        {
            bool isWarning = stop.Reason == StopReasons.DeadlineExceeded;
            news.Add(new(isWarning, EventReasons.RunStopping, "Stop", $"run {after.Run} is stopped: {stop.Reason} ({stop.Mode})"));
        }
    }

    private static void AddSteps(List<RunNews> news, IReadOnlyList<StepStatus>? before, IReadOnlyList<StepStatus>? after)
    {
        for (int i = 0; i < (after?.Count ?? 0); i++)
        {
            StepStatus step = after![i];
            StepStatus? old = i < before?.Count ? before[i] : null;
            if (!ReferenceEquals(step, old))
            {
                AddStep(news, old, step);
            }
        }
    }

    private static void AddStep(List<RunNews> news, StepStatus? old, StepStatus step)
    {
        bool isNewPhase = old?.Phase != step.Phase;
        LanguageNews.Add(news, old, step);
        GateNews.Add(news, old, step);
        if (isNewPhase && StepPhases.IsFailure(step.Phase))
        {
            news.Add(new(true, step.Phase == StepPhases.Failed ? EventReasons.StepFailed : EventReasons.StepErrored, "End", $"step {step.Name}, attempt {step.Attempt}: {step.Reason}: {step.Message}"));
        }
        else if (step.Waiting is { Reason: WaitingReasons.Backoff, Until: { } until } && old?.Waiting?.Reason != WaitingReasons.Backoff)
        {
            news.Add(new(true, EventReasons.StepRetried, "Retry", $"step {step.Name}, attempt {step.Attempt}: {step.Reason}: {step.Message}; the next attempt is due at {until.Value:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        }
        else if (old is { Attempt: > 0 } && old.Waiting?.Reason != WaitingReasons.Backoff && step.Attempt > old.Attempt)
        {
            news.Add(new(true, EventReasons.StepRetried, "Retry", $"step {step.Name}, attempt {old.Attempt}: {step.Reason}: {step.Message}; attempt {step.Attempt} follows"));
        }
        else if (StepPhases.IsActive(step.Phase) && step.Waiting is { } waiting && waiting.Reason != old?.Waiting?.Reason)
        {
            news.Add(new(true, EventReasons.StepWaiting, "Wait", $"step {step.Name} waits: {waiting.Reason}: {waiting.Message}"));
        }
        else if (isNewPhase && step is { Phase: StepPhases.Succeeded, Message: { } dropped, ReusedFrom: null, Job: not null })
        {
            news.Add(new(true, EventReasons.OutputsDropped, "End", $"step {step.Name}: {dropped}"));
        }
    }

    private static void AddPhase(List<RunNews> news, WorkflowStatus? before, WorkflowStatus after)
    {
        if (before?.Phase == after.Phase)
        {
            return;
        }

        RunNews? told = after.Phase switch
        {
            WorkflowPhases.Succeeded => new(false, EventReasons.RunSucceeded, "End", $"run {after.Run}: {after.Message}"),
            WorkflowPhases.Failed => new(true, EventReasons.RunFailed, "End", $"run {after.Run}: {after.Message}"),
            WorkflowPhases.Compensated => new(true, EventReasons.RunCompensated, "End", $"run {after.Run}: {after.Message}"),
            WorkflowPhases.Cancelled => new(false, EventReasons.RunCancelled, "End", $"run {after.Run}: {after.Message}"),
            WorkflowPhases.Suspended => new(false, EventReasons.RunSuspended, "Suspend", $"run {after.Run}: no attempt starts while spec.suspend is true"),
            WorkflowPhases.Running when before?.Phase == WorkflowPhases.Suspended => new(false, EventReasons.RunResumed, "Resume", $"run {after.Run} goes on"),
            _ => null,
        };
        if (told is not null)
        {
            news.Add(told);
        }
    }

    private static void AddRefusal(List<RunNews> news, WorkflowStatus? before, WorkflowStatus after)
    {
        Condition? ready = after.Conditions?.FirstOrDefault(static condition => condition.Type == ConditionTypes.Ready);
        Condition? old = before?.Conditions?.FirstOrDefault(static condition => condition.Type == ConditionTypes.Ready);
        if (ready is null || ready.Reason == after.Phase || ready.Reason == GateConditions.AwaitingApproval || (ready.Reason == old?.Reason && ready.Message == old?.Message))
        {
            return;
        }

        bool isHeld = ready.Reason == WaitingReasons.Held;
        news.Add(new(!isHeld, isHeld ? EventReasons.RunHeld : EventReasons.SpecRefused, isHeld ? "Hold" : "Check", isHeld ? ready.Message ?? "" : $"{ready.Reason}: {ready.Message}"));
    }
}
