using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Promises;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows;

/// <summary>What holds in every life of a Workflow, whatever fails, whoever meddles and wherever the operator dies.</summary>
public sealed class GeneratedHistoryTests(ITestOutputHelper output)
{
    private const int Enough = 10_000;

    private readonly Coverage _coverage = new();

    /// <summary>A failure names its seed: <c>HISTORY_SEED=…</c> lives that one life again, <c>HISTORIES=…</c> another number of them.</summary>
    [Fact]
    public void Every_history_ends_and_keeps_the_promises()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("HISTORY_SEED"), out int seed))
        {
            Check(seed);
            return;
        }

        int histories = int.TryParse(Environment.GetEnvironmentVariable("HISTORIES"), out int wanted) ? wanted : Enough;
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(histories));
        output.WriteLine(_coverage.ToString());
        _coverage.Missing(histories / 200).ShouldBeEmpty("what the histories hardly have in them");
    }

    private void Check(int seed)
    {
        try
        {
            History history = new(seed);
            history.Live();
            _coverage.Add(history);
            Attempts(history.Cluster);
            ItemPromises.Life(history.Cluster);
            GatePromises.Life(history.Cluster);
            MemoPromises.Life(history.Cluster);
            foreach ((AttemptStart start, Workflow at, DateTimeOffset now) in history.Cluster.Created)
            {
                Creation(start, at, now);
            }

            foreach ((Workflow from, WorkflowStatus to, bool isHeld) in history.Cluster.Written)
            {
                Write(from, to, isHeld);
                Steps(from, to, history.People);
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
        foreach (var attempts in cluster.Created.GroupBy(static created => (created.At.Status!.Run, created.Start.Part, created.Start.Step.Name, created.Start.Visit, created.Start.Item)))
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
            Order(run.Last().At.Status!, order);
        }
    }

    /// <summary>What needs another step is undone before that; in a loop the newest visit of a step counts.</summary>
    private static void Order(WorkflowStatus status, string[] order)
    {
        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(status.RunSpec!.Steps);
        string[] once = [.. order.Where(name => status.Steps!.Single(step => step.Name == name) is { Previous: null, Visit: null })];
        for (int i = 0; i < once.Length; i++)
        {
            string first = once[i];
            Promise.All(once.Skip(i + 1), later => !ancestors[later].Contains(first), $"{first} is undone before what needs it: {string.Join(", ", order)}");
        }
    }

    /// <summary>Nothing starts before all that it needs, nor before it is on record, nor beyond parallelism or a deadline, nor in an object that is going.</summary>
    private static void Creation(AttemptStart start, Workflow at, DateTimeOffset now)
    {
        WorkflowStatus status = at.Status!;
        StepStatus[] part = [.. Part(status, start.Part)];
        Promise.All(start.Step.Needs ?? [], need => StepPhases.MeetsNeed(part.Single(step => step.Name == need).Phase), $"needs of {start.Step.Name}");
        StepStatus record = part.Single(step => step.Name == start.Step.Name);
        record.Job.ShouldBe(start.Item is null ? start.Job : null, $"record of {start.Step.Name}");
        ItemPromises.Creation(start, record);
        All(status).Count(static step => StepPhases.IsActive(step.Phase)).ShouldBeLessThanOrEqualTo(at.Spec.Parallelism ?? int.MaxValue, "parallelism");
        (at.IsTerminating() && start.Part != StepPart.Compensations).ShouldBeFalse($"{start.Step.Name} in an object that is going");
        Deadline(start, at, now);
        switch (start.Part)
        {
            case StepPart.Steps:
                status.Stop.ShouldBeNull($"{start.Step.Name} although the run is being stopped");
                LoopMap loops = LoopMap.Of(status.RunSpec!.Steps);
                Promise.All((start.Step.Needs ?? []).SelectMany(need => loops.TailsBetween(start.Step.Name, need)), tail => StepPhases.IsFinal(part.Single(step => step.Name == tail).Phase), "a step behind a loop before it was left");
                break;
            default:
                Promise.All(status.Steps!, static step => StepPhases.IsFinal(step.Phase), "what comes after before the steps have ended");
                status.Stop?.Mode.ShouldBe(CancelModes.Graceful, "what comes after an Immediate stop");
                break;
        }

        if (start.Part == StepPart.Compensations)
        {
            StepStatus undone = status.Steps!.Single(step => step.Name == start.Step.Name);
            (undone.Phase == StepPhases.Succeeded || undone.Previous is not null).ShouldBeTrue("what was not done is undone");
            Promise.All(part.TakeWhile(step => step.Name != start.Step.Name), static step => StepPhases.IsFinal(step.Phase), "compensations one at a time");
            (status.Stop is not null || status.Steps!.Any(static step => StepPhases.IsFailure(step.Phase))).ShouldBeTrue("a run that went well is undone");
        }
        else if (start.Part == StepPart.Finally)
        {
            Promise.All(status.Compensations ?? [], static step => StepPhases.IsFinal(step.Phase), "finally before what was done is undone");
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
            ItemPromises.Write(was, step);

            // Of items with a Job each the highest attempt is shown.
            if (step.Attempt > (isNewVisit ? 0 : was?.Attempt ?? 0) && (was is not { Items: not null, Job: null } || !StepPhases.IsActive(was.Phase)))
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

    /// <summary>What each status says of its steps.</summary>
    private static void Steps(Workflow from, WorkflowStatus to, SimulatedPeople people)
    {
        if (to.RunSpec is null)
        {
            return;
        }

        foreach ((StepPart part, WorkflowStep spec, StepStatus step) in RunParts.WithSpecs(to))
        {
            WaitingPromises.Write(step);
            ItemPromises.End(spec, step);
            if (part == StepPart.Steps && from.Status?.Run == to.Run && from.Status?.Steps?.Single(was => was.Name == step.Name).Phase != step.Phase)
            {
                GatePromises.Opened(spec, step, people.Approvals);
            }
        }

        to.Steps!.Where(static step => StepPhases.IsActive(step.Phase)).Select(step => to.RunSpec.Steps.Single(spec => spec.Name == step.Name).Mutex).OfType<string>().ShouldBeUnique("holders of a mutex");
        if (to.Waiting?.StartsWith("Refused", StringComparison.Ordinal) != true && to.Waiting != WaitingReasons.Held)
        {
            WaitingPromises.Conditions(to);
        }
    }

    /// <summary>The end of a run says what happened, and finally ran exactly when it should.</summary>
    private static void RunEnd(Workflow from, WorkflowStatus end)
    {
        Promise.All(All(end), static step => StepPhases.IsFinal(step.Phase), "a step that has not ended in a run that has");
        end.Attempts.ShouldBe(All(end).Sum(static step => step.Attempt + (step.EarlierAttempts ?? 0)));
        bool isGood = end.Stop is null && end.Steps!.Concat(end.Finally ?? []).All(static step => StepPhases.MeetsNeed(step.Phase));
        bool isUndone = end.Compensations is { Count: > 0 } undone && undone.All(static step => step.Phase == StepPhases.Succeeded);
        bool isOutputMissing = isGood && end.RunSpec!.Outputs is not null && end.Outputs is null;
        end.Phase.ShouldBe(isOutputMissing ? WorkflowPhases.Failed
            : end.Stop is { Reason: not StopReasons.DeadlineExceeded } ? WorkflowPhases.Cancelled
            : isGood ? WorkflowPhases.Succeeded
            : isUndone ? WorkflowPhases.Compensated
            : WorkflowPhases.Failed);
        Undone(end);
        bool wasFinallyInTime = from.Spec.Timeouts?.Finally is null || end.Finally?.Any(static step => step.Reason == "RunDeadlineExceeded" || step.Message?.Contains("timeouts.finally", StringComparison.Ordinal) == true) != true;
        foreach (StepStatus step in end.Finally ?? [])
        {
            bool hasRoot = end.RunSpec!.Finally!.Single(spec => spec.Name == step.Name).Needs is not { Count: > 0 };
            bool isRun = end.RunSpec!.Finally!.Single(spec => spec.Name == step.Name) is { When: null, Wait: null, ForEach: null } && step.Memo?.Workflow is null && step.Reason != StepReasons.ExpressionFailed;
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
