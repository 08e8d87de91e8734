using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Approvals.Floors;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>All semantics of a workflow. Pure: no clock, no randomness, no I/O; the same input always gives the same decision.</summary>
internal static class WorkflowDecider
{
    /// <summary>How soon a hold is seen to be lifted where nothing tells of it.</summary>
    private static readonly TimeSpan HoldCheck = TimeSpan.FromSeconds(10);

    /// <summary>How soon it is seen that a floor was lowered, for which nothing of the Workflow changes.</summary>
    private static readonly TimeSpan FloorLook = TimeSpan.FromMinutes(1);

    /// <summary>Decides what comes next.</summary>
    /// <param name="workflow">The object: its spec, and its status as the state so far, with the spec of the run wherever that is kept.</param>
    /// <param name="seen">What is seen beside it.</param>
    /// <param name="now">The time.</param>
    public static WorkflowDecision Decide(Workflow workflow, Observed seen, DateTimeOffset now)
    {
        WorkflowStatus status = Requests.Forget(workflow, RunHistory.Trim(workflow.Status ?? new WorkflowStatus(), workflow.Spec.HistoryLimit));
        if (status.Run is not null && !WorkflowPhases.IsFinal(status.Phase))
        {
            return Advance(workflow, status, seen, now);
        }

        return workflow.IsTerminating()
            ? new WorkflowDecision(status, [], SupersededJobs.Of(workflow, status, seen.Attempts), null) { KeepsObject = false }
            : Begin(workflow, Requests.RefuseLate(workflow, status), seen, now);
    }

    /// <summary>Nothing is under way: a new run, or none.</summary>
    private static WorkflowDecision Begin(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now)
    {
        RerunRequest? rerun = null;
        if (Requests.NewRerun(workflow, status) is { } text)
        {
            rerun = RerunRequest.Parse(text);
            string? problem = rerun is null ? Requests.Grammar("rerun") : rerun.Problem(workflow, status);
            if (problem is not null)
            {
                status = Requests.RerunHandled(status, text, problem);
                rerun = null;
            }
        }

        SpecChange? change = SpecChange.Of(workflow, status);
        status = change?.Seen(status) ?? status;
        if (rerun is null && change is not { IsNewRun: true })
        {
            // Only what does not concern a run has changed, or a change was taken back: that lifts a refusal too.
            bool isSettled = change is null && status.Waiting is not (WaitingReasons.Held or WaitingReasons.ApprovalFloors);
            return Rest(workflow, isSettled ? status : RunSummary.Settled(status, workflow.Metadata.Generation, now), seen, now);
        }

        change ??= SpecChange.Now(workflow);
        if (SpecCheck.Problem(change.Spec) is { } refusal)
        {
            return Rest(workflow, RunSummary.Refused(status, refusal, workflow.Metadata.Generation, now), seen, now);
        }

        if (seen.IsHeld)
        {
            return Hold(workflow, RunSummary.Held(status, WaitingReasons.Held, $"no run starts while the namespace has the label {Labels.Hold}=true", now), seen, now);
        }

        if (seen.Gates.FloorsProblem is { } unknown)
        {
            return Hold(workflow, RunSummary.Held(status, WaitingReasons.ApprovalFloors, unknown, now), seen, now);
        }

        if (FloorCheck.Problem(change.Spec, seen.Gates.Floors) is { } below)
        {
            return Rest(workflow, RunSummary.Refused(status, below, workflow.Metadata.Generation, now), seen, now) with { WakeAt = now + FloorLook };
        }

        WorkflowStatus begun = RunStart.Begin(workflow, status, change, rerun, now);
        return Advance(workflow, rerun is null ? begun : Requests.RerunHandled(begun, rerun.Text, null), seen, now);
    }

    private static WorkflowDecision Hold(Workflow workflow, WorkflowStatus held, Observed seen, DateTimeOffset now) => new(held, [], SupersededJobs.Of(workflow, held, seen.Attempts), now + HoldCheck);

    private static WorkflowDecision Advance(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now)
    {
        if (status.RunSpec is null)
        {
            WorkflowStatus lost = RunSummary.SpecLost(status, now);
            return new WorkflowDecision(lost, [], SupersededJobs.Of(workflow, lost, seen.Attempts), null);
        }

        Run run = new(workflow, status, seen, now);
        run.Advance();
        if (run.IsIncomplete)
        {
            return new WorkflowDecision(status, [], [], null) { Missing = run.Missing, MissingItems = run.MissingItems };
        }

        if (run.Proof != ProofWanted.None)
        {
            return new WorkflowDecision(status, [], [], null) { Proof = run.Proof };
        }

        (WorkflowStatus next, IReadOnlyList<OutputReference> missing) = RunOutputs.Of(RunSummary.Describe(run.Status, workflow.Metadata.Generation, now, run.IsToBeUndone), seen, workflow.Metadata.Generation, now);
        if (missing.Count > 0)
        {
            return new WorkflowDecision(status, [], [], null) { Missing = missing };
        }

        next = StatusSize.Fit(next, now);
        return WorkflowPhases.IsFinal(next.Phase)
            ? Ended(workflow, next, seen, now) with { Keeps = run.Keeps, Memos = run.Memos }
            : new WorkflowDecision(next, run.Starts(), SupersededJobs.Of(workflow, next, seen.Attempts), run.WakeAt)
            {
                Keeps = run.Keeps,
                Memos = run.Memos,
                Locks = run.Locks(),
                KeepsObject = workflow.Spec.OnDelete == DeletePolicies.Compensate && !seen.IsNamespaceTerminating,
            };
    }

    /// <summary>The end of a run is written first; a change or a rerun that waited for it is looked at after that.</summary>
    private static WorkflowDecision Ended(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now) =>
        !workflow.IsTerminating() && (status.ObservedGeneration != workflow.Metadata.Generation || Requests.NewRerun(workflow, status) is not null)
            ? new WorkflowDecision(status, [], SupersededJobs.Of(workflow, status, seen.Attempts), now) { KeepsObject = false }
            : Rest(workflow, status, seen, now);

    private static WorkflowDecision Rest(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now)
    {
        // A spec that was refused is work that somebody is at: it must not go, nor what is said of it.
        bool mayExpire = !workflow.IsTerminating() && !RunSummary.IsRefused(status);
        DateTimeOffset? expiry = mayExpire && status.FinishedAt is { } end && workflow.Spec.TtlAfterFinished is { } ttl ? end.Value + ttl.ToTimeSpan() : null;

        // The delete names the version that was decided from: a status that is still to be written comes first.
        bool isWritten = ReferenceEquals(status, workflow.Status);
        bool isExpired = expiry <= now;
        return new WorkflowDecision(status, [], SupersededJobs.Of(workflow, status, seen.Attempts), !isExpired ? expiry : isWritten ? null : now) { IsExpired = isExpired && isWritten, KeepsObject = false };
    }
}
