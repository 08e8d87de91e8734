using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Targets;

namespace AgentOperator.Workflows.Deciding;

/// <summary>All semantics of a workflow. Pure: no clock, no randomness, no I/O; the same input always gives the same decision.</summary>
internal static class WorkflowDecider
{
    /// <summary>How soon a hold is seen to be lifted where nothing tells of it.</summary>
    private static readonly TimeSpan HoldCheck = TimeSpan.FromSeconds(10);

    /// <summary>Decides what comes next.</summary>
    /// <param name="workflow">The object: its spec, and its status as the state so far, with the spec of the run wherever that is kept.</param>
    /// <param name="attempts">What is seen of the attempts, by name of their Jobs.</param>
    /// <param name="now">The time.</param>
    /// <param name="isHeld">True while no run may start in the namespace.</param>
    /// <param name="surroundings">Agents and prompts of the namespace; none if absent.</param>
    public static WorkflowDecision Decide(Workflow workflow, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now, bool isHeld = false, ISurroundings? surroundings = null)
    {
        surroundings ??= NoSurroundings.Instance;
        WorkflowStatus status = Requests.Forget(workflow, RunHistory.Trim(workflow.Status ?? new WorkflowStatus(), workflow.Spec.HistoryLimit));
        if (status.Run is not null && !WorkflowPhases.IsFinal(status.Phase))
        {
            return Advance(workflow, status, attempts, surroundings, now, isHeld);
        }

        return workflow.IsTerminating()
            ? new WorkflowDecision(status, [], SupersededJobs.Of(status, attempts), null)
            : Begin(workflow, Requests.RefuseCancel(workflow, status), attempts, surroundings, now, isHeld);
    }

    /// <summary>Nothing is under way: a new run, or none.</summary>
    private static WorkflowDecision Begin(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, ISurroundings surroundings, DateTimeOffset now, bool isHeld)
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
            bool isSettled = change is null && status.Waiting != WaitingReasons.Held;
            return Rest(workflow, isSettled ? status : RunSummary.Settled(status, workflow.Metadata.Generation, now), attempts, now);
        }

        change ??= SpecChange.Now(workflow);
        if (SpecCheck.Problem(change.Spec) is { } refusal)
        {
            return Rest(workflow, RunSummary.Refused(status, refusal, workflow.Metadata.Generation, now), attempts, now);
        }

        if (isHeld)
        {
            return new WorkflowDecision(RunSummary.Held(status, now), [], SupersededJobs.Of(status, attempts), now + HoldCheck);
        }

        WorkflowStatus begun = RunStart.Begin(workflow, status, change, rerun, now);
        return Advance(workflow, rerun is null ? begun : Requests.RerunHandled(begun, rerun.Text, null), attempts, surroundings, now, isHeld);
    }

    private static WorkflowDecision Advance(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, ISurroundings surroundings, DateTimeOffset now, bool isHeld)
    {
        if (status.RunSpec is null)
        {
            WorkflowStatus lost = RunSummary.SpecLost(status, now);
            return new WorkflowDecision(lost, [], SupersededJobs.Of(lost, attempts), null);
        }

        Run run = new(workflow, status, attempts, surroundings, now);
        run.Advance(isHeld);
        WorkflowStatus next = RunSummary.Describe(run.Status, workflow.Metadata.Generation, now);
        return WorkflowPhases.IsFinal(next.Phase)
            ? Ended(workflow, next, attempts, now)
            : new WorkflowDecision(next, run.Starts(), SupersededJobs.Of(next, attempts), run.WakeAt);
    }

    /// <summary>The end of a run is written first; a change or a rerun that waited for it is looked at after that.</summary>
    private static WorkflowDecision Ended(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now) =>
        !workflow.IsTerminating() && (status.ObservedGeneration != workflow.Metadata.Generation || Requests.NewRerun(workflow, status) is not null)
            ? new WorkflowDecision(status, [], SupersededJobs.Of(status, attempts), now)
            : Rest(workflow, status, attempts, now);

    private static WorkflowDecision Rest(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now)
    {
        // A spec that was refused is work that somebody is at: it must not go, nor what is said of it.
        bool mayExpire = !workflow.IsTerminating() && !RunSummary.IsRefused(status);
        DateTimeOffset? expiry = mayExpire && status.FinishedAt is { } end && workflow.Spec.TtlAfterFinished is { } ttl ? end.Value + ttl.ToTimeSpan() : null;

        // The delete names the version that was decided from: a status that is still to be written comes first.
        bool isWritten = ReferenceEquals(status, workflow.Status);
        bool isExpired = expiry <= now;
        return new WorkflowDecision(status, [], SupersededJobs.Of(status, attempts), !isExpired ? expiry : isWritten ? null : now) { IsExpired = isExpired && isWritten };
    }
}
