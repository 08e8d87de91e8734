using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows;

/// <summary>What holds in every life of a Workflow, whatever fails, whoever meddles and wherever the operator dies.</summary>
public sealed class GeneratedHistoryTests
{
    [Fact]
    public void Every_history_ends_and_keeps_the_promises() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    private static void Check(int seed)
    {
        try
        {
            History history = new(seed);
            history.Live();
            Attempts(history.Cluster);
            foreach ((AttemptStart start, Workflow at, DateTimeOffset now) in history.Cluster.Created)
            {
                Creation(start, at, now);
            }

            foreach ((Workflow from, WorkflowStatus to, bool isHeld) in history.Cluster.Written)
            {
                Write(from, to, isHeld);
            }

            End(history.Cluster.Workflow);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
    }

    /// <summary>No attempt is started twice; attempts of a step are numbered without a gap, and no more than its policy allows.</summary>
    private static void Attempts(SimulatedCluster cluster)
    {
        cluster.Created.Select(static created => created.Start.Job).ShouldBeUnique();
        foreach (var attempts in cluster.Created.GroupBy(static created => (created.At.Status!.Run, created.Start.Step.Name)))
        {
            int[] numbers = [.. attempts.Select(static created => created.Start.Attempt)];
            numbers.ShouldBe(Enumerable.Range(1, numbers.Length), $"attempts of {attempts.Key}");
            numbers.Length.ShouldBeLessThanOrEqualTo((attempts.First().Start.Step.Retry?.Limit ?? 0) + 1, $"retries of {attempts.Key}");
        }
    }

    /// <summary>Nothing starts before all that it needs, nor before it is on record, nor beyond parallelism or a deadline, nor in an object that is going.</summary>
    private static void Creation(AttemptStart start, Workflow at, DateTimeOffset now)
    {
        WorkflowStatus status = at.Status!;
        Dictionary<string, StepStatus> then = All(status).ToDictionary(static step => step.Name);
        (start.Step.Needs ?? []).ShouldAllBe(need => then[need].Phase == StepPhases.Succeeded, $"needs of {start.Step.Name}");
        then[start.Step.Name].Job.ShouldBe(start.Job, $"record of {start.Step.Name}");
        at.IsTerminating().ShouldBeFalse($"{start.Step.Name} in an object that is going");
        then.Values.Count(static step => StepPhases.IsActive(step.Phase)).ShouldBeLessThanOrEqualTo(at.Spec.Parallelism ?? int.MaxValue, "parallelism");

        bool isFinally = status.RunSpec!.Finally?.Any(step => step.Name == start.Step.Name) == true;
        MicroTime? from = isFinally ? status.FinallyStartedAt : status.StartedAt;
        Duration? limit = isFinally ? at.Spec.Timeouts?.Finally : at.Spec.Timeouts?.Run;
        if (limit is { } time && status.PausedSince is null)
        {
            now.ShouldBeLessThan(from!.Value.Value + time.ToTimeSpan() + TimeSpan.FromMilliseconds(status.PausedMilliseconds ?? 0), $"deadline of {start.Step.Name}");
        }

        if (isFinally)
        {
            status.Steps!.ShouldAllBe(static step => StepPhases.IsFinal(step.Phase), "finally before the steps have ended");
            status.Stop?.Mode.ShouldBe(CancelModes.Graceful, "finally after an Immediate stop");
        }
        else
        {
            status.Stop.ShouldBeNull($"{start.Step.Name} although the run is being stopped");
        }
    }

    /// <summary>What one write may change.</summary>
    private static void Write(Workflow from, WorkflowStatus to, bool isHeld)
    {
        WorkflowStatus? before = from.Status?.Run == to.Run ? from.Status : null;
        if (to.Run != from.Status?.Run)
        {
            to.Run.ShouldBe((from.Status?.Run ?? 0) + 1, "numbers of runs");
            isHeld.ShouldBeFalse("a run in a namespace that is held");
            from.IsTerminating().ShouldBeFalse("a run in an object that is going");
            (from.Status?.Run is null || WorkflowPhases.IsFinal(from.Status.Phase)).ShouldBeTrue("a run before the end of the last");
        }

        Dictionary<string, StepStatus> old = All(before).ToDictionary(static step => step.Name);
        bool hadFailed = before?.Steps?.Any(static step => StepPhases.IsFailure(step.Phase)) == true;
        foreach (StepStatus step in All(to))
        {
            StepStatus? was = old.GetValueOrDefault(step.Name);
            if (step.Attempt > (was?.Attempt ?? 0))
            {
                (from.Spec.Suspend == true && to.Stop is null or { Reason: StopReasons.DeadlineExceeded or StopReasons.Replaced }).ShouldBeFalse($"{step.Name} starts although the run is suspended");
                (hadFailed && to.Steps!.Contains(step)).ShouldBeFalse($"{step.Name} starts although a step has failed for good");
            }

            if (was is not null && StepPhases.IsFinal(was.Phase))
            {
                (step with { Waiting = null }).Phase.ShouldBe(was.Phase, $"{step.Name} leaves its end");
            }
        }

        if (WorkflowPhases.IsFinal(to.Phase) && !WorkflowPhases.IsFinal(before?.Phase))
        {
            RunEnd(from, to);
        }
    }

    /// <summary>The end of a run says what happened, and finally ran exactly when it should.</summary>
    private static void RunEnd(Workflow from, WorkflowStatus end)
    {
        All(end).ShouldAllBe(static step => StepPhases.IsFinal(step.Phase));
        end.Attempts.ShouldBe(All(end).Sum(static step => step.Attempt));
        string outcome = end.Stop is { Reason: not StopReasons.DeadlineExceeded }
            ? WorkflowPhases.Cancelled
            : end.Stop is null && All(end).All(static step => step.Phase == StepPhases.Succeeded) ? WorkflowPhases.Succeeded : WorkflowPhases.Failed;
        end.Phase.ShouldBe(outcome);
        bool wasFinallyInTime = from.Spec.Timeouts?.Finally is null || end.Finally?.Any(static step => step.Reason == "RunDeadlineExceeded" || step.Message?.Contains("timeouts.finally", StringComparison.Ordinal) == true) != true;
        foreach (StepStatus step in end.Finally ?? [])
        {
            bool hasRoot = end.RunSpec!.Finally!.Single(spec => spec.Name == step.Name).Needs is not { Count: > 0 };
            if (end.Stop?.Mode == CancelModes.Immediate)
            {
                step.Phase.ShouldNotBe(StepPhases.Pending);
            }
            else if (hasRoot && wasFinallyInTime)
            {
                step.Attempt.ShouldBeGreaterThan(0, $"finally step {step.Name} did not run");
            }
        }
    }

    /// <summary>At the end of all, what the spec says has run, was ignored, waits for a token, or is refused; and every request was heeded once.</summary>
    private static void End(Workflow workflow)
    {
        WorkflowStatus end = workflow.Status!;
        if (workflow.IsTerminating())
        {
            return;
        }

        string digest = SpecChange.Now(workflow).Digest;
        (digest == end.SpecDigest
            || digest == end.IgnoredDigest
            || (workflow.Spec.RerunPolicy == RerunPolicies.Manual && workflow.Spec.RunToken == end.RunToken)
            || end.Waiting?.StartsWith("Refused", StringComparison.Ordinal) == true).ShouldBeTrue("the spec was neither run nor refused");
    }

    private static IEnumerable<StepStatus> All(WorkflowStatus? status) => (status?.Steps ?? []).Concat(status?.Finally ?? []);
}
