using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>All semantics of a workflow. Pure: no clock, no randomness, no I/O; the same input always gives the same decision.</summary>
internal static class WorkflowDecider
{
    /// <summary>Decides what comes next.</summary>
    /// <param name="workflow">The object: its spec, and its status as the state so far.</param>
    /// <param name="attempts">What is seen of the attempts, by name of their Jobs.</param>
    /// <param name="now">The time.</param>
    public static WorkflowDecision Decide(Workflow workflow, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now)
    {
        WorkflowStatus status = workflow.Status ?? new WorkflowStatus();
        bool isUnderWay = status.Run is not null && !WorkflowPhases.IsFinal(status.Phase);
        if (!isUnderWay && status.ObservedGeneration != workflow.Metadata.Generation)
        {
            RunSpec spec = RunStart.SpecOf(workflow.Spec);
            string digest = RunDigest.Of(spec);
            if (digest == status.SpecDigest)
            {
                // Only what does not concern a run has changed, or a change was taken back: that lifts a refusal too.
                return Finish(workflow, status, now);
            }

            if (SpecCheck.Problem(spec) is { } problem)
            {
                return new WorkflowDecision(RunSummary.Refused(status, problem, workflow.Metadata.Generation, now), [], [], null);
            }

            status = RunStart.Begin(workflow, status, spec, digest, now);
            isUnderWay = true;
        }

        return isUnderWay ? Advance(workflow, status, attempts, now) : new WorkflowDecision(status, [], SupersededJobs.Of(status, attempts), null);
    }

    private static WorkflowDecision Advance(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now)
    {
        Run run = new(workflow, status, attempts, now);
        run.Advance();
        WorkflowStatus next = RunSummary.Describe(status with { Steps = run.Steps, Attempts = run.Attempts }, now);
        return WorkflowPhases.IsFinal(next.Phase)
            ? Finish(workflow, next, now) with { Stops = SupersededJobs.Of(next, attempts) }
            : new WorkflowDecision(next, run.Starts(), SupersededJobs.Of(next, attempts), run.WakeAt);
    }

    /// <summary>A spec that changed during the run is looked at once the run's end is written.</summary>
    private static WorkflowDecision Finish(Workflow workflow, WorkflowStatus status, DateTimeOffset now)
    {
        WorkflowStatus ended = RunSummary.Describe(status, now);
        bool isCurrent = RunDigest.Of(RunStart.SpecOf(workflow.Spec)) == status.SpecDigest;
        return new WorkflowDecision(ended with { ObservedGeneration = isCurrent ? workflow.Metadata.Generation : status.ObservedGeneration }, [], [], isCurrent ? null : now);
    }
}
