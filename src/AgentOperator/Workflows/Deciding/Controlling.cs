using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What comes to a run from outside of its steps: a changed spec, requests, deletion, suspend, the clock.</summary>
internal sealed class Controlling(RunState run, Finishing finishing)
{
    public void Heed()
    {
        HeedChange();
        HeedCancel();
        HeedResume();
        if (run.Workflow.IsTerminating())
        {
            bool compensates = run.Workflow.Spec.OnDelete == DeletePolicies.Compensate && !run.Seen.IsNamespaceTerminating;
            StopBecause(StopReasons.Deleted, compensates ? CancelModes.Graceful : CancelModes.Immediate);
        }

        // A wait that begins now stops the clock only once it is seen that time was not up before.
        TurnClock(mayBegin: false);
        HeedDeadline();
    }

    /// <summary>Stops the clock, or lets it go on, as the steps now stand.</summary>
    public void TurnClock(bool mayBegin = true)
    {
        bool isPaused = run.IsToPause;
        run.Status = RunClock.Turn(run.Status, isPaused, !isPaused && (mayBegin || run.Status.WaitingSince is not null) && IsIdle(), run.Now);
    }

    /// <summary>True while all that is left waits for people or locks, here or in a Workflow below.</summary>
    private bool IsIdle()
    {
        bool isWaiting = false;
        foreach (StepRow row in run.All.Where(static row => !StepPhases.IsFinal(row.Status.Phase)))
        {
            bool waits = row.Status is { Phase: StepPhases.Waiting, Waiting.Reason: WaitingReasons.Approval or WaitingReasons.Lock or WaitingReasons.Checkpoint }
                || (row.Status is { Phase: StepPhases.Running, Job: { } below } && run.Seen.Attempts.GetValueOrDefault(below)?.Nested?.IsIdle == true);
            if (!waits && row.Status is not { Phase: StepPhases.Pending, Waiting.Reason: WaitingReasons.Dependency })
            {
                return false;
            }

            isWaiting |= waits;
        }

        return isWaiting;
    }

    /// <summary>A spec that changed during the run: what <c>onChange</c> and <c>rerunPolicy</c> say.</summary>
    private void HeedChange()
    {
        if (SpecChange.Of(run.Workflow, run.Status) is not { } change)
        {
            return;
        }

        run.Status = change.Seen(run.Status);
        if (run.Status.Stop?.Reason == StopReasons.Replaced)
        {
            // Whatever the spec says once this run has ended is the next run.
            return;
        }

        if (!change.IsNewRun)
        {
            run.Status = run.Status with { ObservedGeneration = run.Workflow.Metadata.Generation };
        }
        else if (run.Workflow.Spec.OnChange == ChangePolicies.Ignore)
        {
            run.Status = run.Status with { ObservedGeneration = run.Workflow.Metadata.Generation, IgnoredDigest = change.Digest };
        }
        else if (run.Workflow.Spec.OnChange == ChangePolicies.Replace && !run.Seen.IsHeld && !run.IsMainOver && SpecCheck.Problem(change.Spec) is null)
        {
            StopBecause(StopReasons.Replaced, CancelModes.Graceful);
        }
    }

    private void HeedCancel()
    {
        if (Requests.NewCancel(run.Workflow, run.Status) is not { } text)
        {
            return;
        }

        CancelRequest? cancel = CancelRequest.Parse(text);
        string? problem = cancel switch
        {
            null => Requests.Grammar(Requests.Cancel),
            _ when cancel.Run != run.Run => $"run {cancel.Run} is not the current one ({run.Run})",
            { Mode: CancelModes.Graceful } when run.IsMainOver => $"the steps of run {cancel.Run} have ended; {cancel.Run}/Immediate stops what runs after them",
            _ => null,
        };
        run.Status = Requests.CancelHandled(run.Status, text, problem);
        if (problem is null)
        {
            StopBecause(StopReasons.Cancelled, cancel!.Mode);
        }
    }

    private void HeedResume()
    {
        if (Requests.NewResume(run.Workflow, run.Status) is not { } text)
        {
            return;
        }

        (long? number, int? visit, string? step) = RequestText.SplitVisit(text);
        StepRow? row = run.All.FirstOrDefault(row => row.IsAtCheckpoint && row.Spec.Name == step);
        string? problem = number is null ? Requests.Grammar(Requests.Resume)
            : number != run.Run ? $"run {number} is not the current one ({run.Run})"
            : row is null ? $"no checkpoint of step {step} holds this run"
            : visit is not null && visit != (row.Status.Visit ?? 1) ? $"visit {visit} of step {step} is not the current one ({row.Status.Visit ?? 1})"
            : null;
        run.Status = Requests.ResumeHandled(run.Status, text, problem);
        if (problem is null)
        {
            finishing.Pass(row!);
        }
    }

    private void HeedDeadline()
    {
        if (run.IsMainOver || run.Status.Stop is not null || RunClock.Deadline(run.Status, run.Status.StartedAt, run.Workflow.Spec.Timeouts?.Run) is not { } deadline)
        {
            return;
        }

        if (deadline <= run.Now)
        {
            StopBecause(StopReasons.DeadlineExceeded, CancelModes.Graceful);
        }
        else
        {
            run.Wake(deadline);
        }
    }

    /// <summary>A stop stays as it was first asked for, but Graceful may become Immediate.</summary>
    private void StopBecause(string reason, string mode)
    {
        if (run.Status.Stop is null || (mode == CancelModes.Immediate && run.Status.Stop.Mode != CancelModes.Immediate))
        {
            run.Status = run.Status with { Stop = new RunStop { Reason = reason, Mode = mode, At = new MicroTime(run.Now) } };
        }
    }
}
