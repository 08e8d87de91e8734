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
    /// <summary>A failure names its seed: <c>HISTORY_SEED=…</c> lives that one life again.</summary>
    [Fact]
    public void Every_history_ends_and_keeps_the_promises()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("HISTORY_SEED"), out int seed))
        {
            Check(seed);
            return;
        }

        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

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

    /// <summary>No attempt is started twice; attempts at one visit of a step are numbered without a gap, and no more than its policy allows; a loop is not done more often than it may.</summary>
    private static void Attempts(SimulatedCluster cluster)
    {
        cluster.Created.Select(static created => created.Start.Job).ShouldBeUnique();
        foreach (var attempts in cluster.Created.GroupBy(static created => (created.At.Status!.Run, created.Start.Part, created.Start.Step.Name, created.Start.Visit)))
        {
            int[] numbers = [.. attempts.Select(static created => created.Start.Attempt)];
            numbers.ShouldBe(Enumerable.Range(1, numbers.Length), $"attempts of {attempts.Key}");
            numbers.Length.ShouldBeLessThanOrEqualTo((attempts.First().Start.Step.Retry?.Limit ?? 0) + 1, $"retries of {attempts.Key}");
        }

        foreach (var run in cluster.Created.Where(static created => created.Start.Part == StepPart.Compensations).GroupBy(static created => created.At.Status!.Run))
        {
            string[] undone = [.. run.Select(static created => created.Start.Step.Name).Distinct()];
            string[] order = [.. run.Last().At.Status!.Compensations!.Select(static step => step.Name)];
            undone.ShouldBe([.. order.Where(undone.Contains)], "order of compensations");
        }
    }

    /// <summary>Nothing starts before all that it needs, nor before it is on record, nor beyond parallelism or a deadline, nor in an object that is going.</summary>
    private static void Creation(AttemptStart start, Workflow at, DateTimeOffset now)
    {
        WorkflowStatus status = at.Status!;
        StepStatus[] part = [.. Part(status, start.Part)];
        (start.Step.Needs ?? []).ShouldAllBe(need => StepPhases.MeetsNeed(part.Single(step => step.Name == need).Phase), $"needs of {start.Step.Name}");
        part.Single(step => step.Name == start.Step.Name).Job.ShouldBe(start.Job, $"record of {start.Step.Name}");
        All(status).Count(static step => StepPhases.IsActive(step.Phase)).ShouldBeLessThanOrEqualTo(at.Spec.Parallelism ?? int.MaxValue, "parallelism");
        (at.IsTerminating() && start.Part != StepPart.Compensations).ShouldBeFalse($"{start.Step.Name} in an object that is going");
        Deadline(start, at, now);
        switch (start.Part)
        {
            case StepPart.Steps:
                status.Stop.ShouldBeNull($"{start.Step.Name} although the run is being stopped");
                LoopMap loops = LoopMap.Of(status.RunSpec!.Steps);
                (start.Step.Needs ?? []).SelectMany(need => loops.TailsBetween(start.Step.Name, need)).ShouldAllBe(tail => StepPhases.IsFinal(part.Single(step => step.Name == tail).Phase), "a step behind a loop before it was left");
                break;
            default:
                status.Steps!.ShouldAllBe(static step => StepPhases.IsFinal(step.Phase), "what comes after before the steps have ended");
                status.Stop?.Mode.ShouldBe(CancelModes.Graceful, "what comes after an Immediate stop");
                break;
        }

        if (start.Part == StepPart.Compensations)
        {
            StepStatus undone = status.Steps!.Single(step => step.Name == start.Step.Name);
            (undone.Phase == StepPhases.Succeeded || undone.Previous is not null).ShouldBeTrue("what was not done is undone");
            part.TakeWhile(step => step.Name != start.Step.Name).ShouldAllBe(static step => StepPhases.IsFinal(step.Phase), "compensations one at a time");
            (status.Stop is not null || status.Steps!.Any(static step => StepPhases.IsFailure(step.Phase))).ShouldBeTrue("a run that went well is undone");
        }
        else if (start.Part == StepPart.Finally)
        {
            (status.Compensations ?? []).ShouldAllBe(static step => StepPhases.IsFinal(step.Phase), "finally before what was done is undone");
        }
    }

    private static void Deadline(AttemptStart start, Workflow at, DateTimeOffset now)
    {
        WorkflowStatus status = at.Status!;
        (MicroTime? from, Duration? limit) = start.Part switch
        {
            StepPart.Steps => (status.StartedAt, at.Spec.Timeouts?.Run),
            StepPart.Compensations => (status.CompensatingSince, at.Spec.Timeouts?.Compensate),
            _ => (status.FinallyStartedAt, at.Spec.Timeouts?.Finally),
        };
        if (limit is { } time && status is { PausedSince: null, WaitingSince: null })
        {
            now.ShouldBeLessThan(from!.Value.Value + time.ToTimeSpan() + TimeSpan.FromMilliseconds(status.PausedMilliseconds ?? 0), $"deadline of {start.Step.Name}");
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

        Dictionary<(StepPart, string), StepStatus> old = Parts.SelectMany(part => Part(before, part).Select(step => (part, step))).ToDictionary(static entry => (entry.part, entry.step.Name), static entry => entry.step);
        bool hadFailed = before?.Steps?.Any(static step => StepPhases.IsFailure(step.Phase)) == true;
        foreach ((StepPart part, StepStatus step) in Parts.SelectMany(part => Part(to, part).Select(step => (part, step))))
        {
            StepStatus? was = old.GetValueOrDefault((part, step.Name));
            (step.Visit ?? 1).ShouldBeGreaterThanOrEqualTo(was?.Visit ?? 1, $"visits of {step.Name}");
            bool isNewVisit = was is not null && step.Visit > (was.Visit ?? 1);
            if (step.Attempt > (isNewVisit ? 0 : was?.Attempt ?? 0))
            {
                (from.Spec.Suspend == true && to.Stop is null or { Reason: StopReasons.DeadlineExceeded or StopReasons.Replaced }).ShouldBeFalse($"{step.Name} starts although the run is suspended");
                (hadFailed && part == StepPart.Steps).ShouldBeFalse($"{step.Name} starts although a step has failed for good");
            }

            if (was is not null && StepPhases.IsFinal(was.Phase) && !isNewVisit)
            {
                step.Phase.ShouldBeOneOf(was.Phase, was.Phase == StepPhases.Succeeded ? StepPhases.Compensated : was.Phase);
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
        end.Attempts.ShouldBe(All(end).Sum(static step => step.Attempt + (step.EarlierAttempts ?? 0)));
        bool isGood = end.Stop is null && end.Steps!.Concat(end.Finally ?? []).All(static step => StepPhases.MeetsNeed(step.Phase));
        bool isUndone = end.Compensations is { Count: > 0 } undone && undone.All(static step => step.Phase == StepPhases.Succeeded);
        end.Phase.ShouldBe(end.Stop is { Reason: not StopReasons.DeadlineExceeded } ? WorkflowPhases.Cancelled
            : isGood ? WorkflowPhases.Succeeded
            : isUndone ? WorkflowPhases.Compensated
            : WorkflowPhases.Failed);
        Undone(end);
        bool wasFinallyInTime = from.Spec.Timeouts?.Finally is null || end.Finally?.Any(static step => step.Reason == "RunDeadlineExceeded" || step.Message?.Contains("timeouts.finally", StringComparison.Ordinal) == true) != true;
        foreach (StepStatus step in end.Finally ?? [])
        {
            bool hasRoot = end.RunSpec!.Finally!.Single(spec => spec.Name == step.Name).Needs is not { Count: > 0 };
            bool isRun = end.RunSpec!.Finally!.Single(spec => spec.Name == step.Name) is { When: null, Wait: null };
            bool mayRun = !from.IsTerminating() && end.Stop?.Mode != CancelModes.Immediate;
            if (mayRun && hasRoot && isRun && wasFinallyInTime)
            {
                step.Attempt.ShouldBeGreaterThan(0, $"finally step {step.Name} did not run");
            }
        }
    }

    /// <summary>Everything that was done and can be undone was, unless the run went well, was cut short, or its time for that was up.</summary>
    private static void Undone(WorkflowStatus end)
    {
        // What is deleted during finally has done its steps, and is left as they left it.
        if (end is { Stop.Reason: StopReasons.Deleted, FinallyStartedAt: not null })
        {
            return;
        }

        bool isDue = end.Stop is { Mode: CancelModes.Graceful } || (end.Stop is null && end.Steps!.Any(static step => StepPhases.IsFailure(step.Phase)));
        string[] done = [.. end.RunSpec!.Steps.Where(step => step.Compensate is not null && end.Steps!.Single(status => status.Name == step.Name) is { } status && (status.Phase is StepPhases.Succeeded or StepPhases.Compensated || status.Previous is not null)).Select(static step => step.Name)];
        if (isDue)
        {
            (end.Compensations ?? []).Select(static step => step.Name).ShouldBe(done, ignoreOrder: true, "what is undone");
        }
        else if (end.Stop is null)
        {
            end.Compensations.ShouldBeNull("what is undone of a run that went well");
        }

        foreach (StepStatus undone in (end.Compensations ?? []).Where(static step => step.Phase == StepPhases.Succeeded))
        {
            end.Steps!.Single(step => step.Name == undone.Name).Phase.ShouldNotBe(StepPhases.Succeeded, "a step that was undone says so");
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

    private static readonly StepPart[] Parts = [StepPart.Steps, StepPart.Compensations, StepPart.Finally];

    private static IEnumerable<StepStatus> All(WorkflowStatus? status) => RunParts.All(status);

    private static IReadOnlyList<StepStatus> Part(WorkflowStatus? status, StepPart part) => part switch
    {
        StepPart.Steps => status?.Steps,
        StepPart.Compensations => status?.Compensations,
        _ => status?.Finally,
    }
        ?? [];
}
