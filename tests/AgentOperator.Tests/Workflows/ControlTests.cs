using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows;

/// <summary>Suspend, parallelism, timeouts, cancel, deletion, hold.</summary>
public sealed class ControlTests
{
    private static readonly WorkflowSpec Chain = new() { Steps = [Life.Step("a"), Life.Step("b", "a")], Finally = [Life.Step("clean")] };

    [Fact]
    public void Suspend_lets_attempts_end_and_starts_none()
    {
        Life life = new Life(Chain).Turn().Change(Chain with { Suspend = true });
        life.Status.Phase.ShouldBe(WorkflowPhases.Suspended);
        life.Status.ObservedGeneration.ShouldBe(2);
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life.Decision.Stops.ShouldBeEmpty();

        life.Succeed("a")["b"].Waiting!.Reason.ShouldBe(WaitingReasons.Paused);
        life.Status.Waiting.ShouldBe("Paused: b");
        life.Change(Chain)["b"].Phase.ShouldBe(StepPhases.Starting);
        life.Status.Phase.ShouldBe(WorkflowPhases.Running);
    }

    [Fact]
    public void A_retry_that_is_due_waits_for_the_end_of_a_suspend()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a") with { Retry = new RetryPolicy { Limit = 1, Backoff = new RetryBackoff { Initial = new Duration("1m") } } }] };
        Life life = new Life(spec).Turn().Change(spec with { Suspend = true }).Fail("a");
        life["a"].Waiting!.Reason.ShouldBe(WaitingReasons.Backoff);

        life.After(TimeSpan.FromMinutes(2))["a"].Waiting!.Reason.ShouldBe(WaitingReasons.Paused);
        life.Change(spec)["a"].Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_suspended_run_does_not_use_up_its_time()
    {
        WorkflowSpec spec = Chain with { Timeouts = new RunTimeouts { Run = new Duration("10m") } };
        Life life = new Life(spec).Turn().After(TimeSpan.FromMinutes(9)).Change(spec with { Suspend = true });
        life.Decision.WakeAt.ShouldBeNull();
        life.After(TimeSpan.FromHours(5)).Status.Phase.ShouldBe(WorkflowPhases.Suspended);

        life.Change(spec).Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromMinutes(1));
        life.After(TimeSpan.FromMinutes(1))["a"].Phase.ShouldBe(StepPhases.Cancelled);
    }

    [Fact]
    public void A_run_that_takes_too_long_is_stopped_runs_finally_and_has_failed()
    {
        Life life = new Life(Chain with { Timeouts = new RunTimeouts { Run = new Duration("10m") } }).Turn();
        string job = life["a"].Job!;
        life.After(TimeSpan.FromMinutes(10));

        life.Decision.Stops.Single().Job.ShouldBe(job);
        life["a"].Phase.ShouldBe(StepPhases.Cancelled);
        life["a"].Reason.ShouldBe("RunDeadlineExceeded");
        life["b"].Phase.ShouldBe(StepPhases.Omitted);
        life.Turn().Succeed("clean").Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Message.ShouldBe("the run took longer than timeouts.run");
    }

    [Fact]
    public void An_attempt_that_ended_before_the_deadline_was_seen_counts()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a")], Timeouts = new RunTimeouts { Run = new Duration("1m") } }).Turn();
        life.Now += TimeSpan.FromMinutes(5);

        life.Succeed("a").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void Parallelism_bounds_what_is_under_way_and_a_change_holds_at_once()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a"), Life.Step("b"), Life.Step("c")], Parallelism = 1 };
        Life life = new Life(spec).Turn();
        life.Decision.Starts.Single().Step.Name.ShouldBe("a");
        life["c"].Waiting!.Reason.ShouldBe(WaitingReasons.Parallelism);

        life.Change(spec with { Parallelism = 2 }).Decision.Starts.Single().Step.Name.ShouldBe("b");
        life.Status.Run.ShouldBe(1);
        life.Status.ObservedGeneration.ShouldBe(2);
        life.Succeed("a").Decision.Starts.Single().Step.Name.ShouldBe("c");
    }

    [Theory]
    [InlineData("1/Graceful", true)]
    [InlineData("1/Immediate", false)]
    public void A_cancel_stops_attempts_and_finally_runs_only_when_it_is_graceful(string request, bool runsFinally)
    {
        Life life = new Life(Chain).Turn();
        string job = life["a"].Job!;

        life.Cancel(request).Decision.Stops.Single().Job.ShouldBe(job);
        life["a"].Phase.ShouldBe(StepPhases.Cancelled);
        life.Status.LastHandledRequest!.Cancel.ShouldBe(request);
        life.Turn();
        if (runsFinally)
        {
            life.Status.Phase.ShouldBe(WorkflowPhases.Running);
            life.Succeed("clean");
        }

        life.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        (life["clean"].Phase == StepPhases.Succeeded).ShouldBe(runsFinally);
        life.Status.Conditions!.ShouldContain(condition => condition.Type == ConditionTypes.Stalled && condition.Reason == "Cancelled");
    }

    [Fact]
    public void A_cancel_works_while_suspended_finally_included()
    {
        Life life = new Life(Chain).Turn().Change(Chain with { Suspend = true }).Cancel("1/Graceful").Turn();

        life["clean"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("clean").Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
    }

    [Fact]
    public void A_graceful_cancel_may_become_immediate_and_nothing_makes_it_graceful_again()
    {
        Life life = new Life(Chain).Turn().Cancel("1/Graceful").Turn();
        life["clean"].Phase.ShouldBe(StepPhases.Starting);

        life.Cancel("1/Immediate")["clean"].Phase.ShouldBe(StepPhases.Cancelled);
        life.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
    }

    [Theory]
    [InlineData("2/Graceful", "run 2 is not the current one (1)")]
    [InlineData("1/Softly", "write RUN/Graceful or RUN/Immediate")]
    [InlineData("now", "write RUN/Graceful")]
    [InlineData("", "write RUN/Graceful")]
    [InlineData("-1/Graceful", "write RUN/Graceful")]
    public void A_cancel_that_cannot_be_done_is_said_once_and_changes_nothing(string request, string why)
    {
        Life life = new Life(Chain).Turn().Cancel(request);
        life.Status.LastHandledRequest!.Message.ShouldNotBeNull().ShouldContain(why);
        life["a"].Phase.ShouldBe(StepPhases.Starting);

        WorkflowStatus told = life.Status;
        Simulation.StatusText.Same(told, life.Turn().Status).ShouldBeTrue();
        life.Annotate(RequestAnnotations.Cancel, null).Status.LastHandledRequest.ShouldBeNull();
    }

    [Fact]
    public void A_request_as_long_as_a_page_is_refused_within_the_bounds_of_status() =>
        new Life(Chain).Turn().Cancel(new string('7', 100_000)).Status.LastHandledRequest!.Cancel!.Length.ShouldBeLessThanOrEqualTo(253);

    [Fact]
    public void A_cancel_for_a_run_that_has_ended_is_refused()
    {
        Life life = new Life(Life.Step("a")).Turn().Succeed("a").Cancel("1/Graceful");

        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.LastHandledRequest!.Message.ShouldNotBeNull().ShouldContain("run 1 is not under way");
    }

    [Fact]
    public void Deletion_cancels_the_run_at_once_and_starts_nothing()
    {
        Life life = new Life(Chain).Turn();
        string job = life["a"].Job!;

        life.Terminate().Decision.Stops.Single().Job.ShouldBe(job);
        life.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        life["clean"].Phase.ShouldBe(StepPhases.Omitted);
        life.Change(Chain with { RunToken = "again" }).Decision.Starts.ShouldBeEmpty();
        life.Status.Run.ShouldBe(1);
    }

    [Fact]
    public void A_hold_keeps_runs_from_starting_and_lets_the_one_under_way_go_on()
    {
        Life life = new(Chain) { IsHeld = true };
        life.Turn().Decision.Starts.ShouldBeEmpty();
        life.Status.Waiting.ShouldBe("Held");
        life.Status.Phase.ShouldBe(WorkflowPhases.Pending);
        life.Status.Conditions!.ShouldContain(condition => condition.Type == ConditionTypes.Reconciling && condition.Reason == "Held");

        life.IsHeld = false;
        life.Turn()["a"].Phase.ShouldBe(StepPhases.Starting);
        life.IsHeld = true;
        life.Succeed("a")["b"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("b").Succeed("clean").Change(Chain with { RunToken = "again" }).Status.Run.ShouldBe(1);
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.Waiting.ShouldBe("Held");

        life.Change(Chain).Status.Waiting.ShouldBeNull();
    }

    [Fact]
    public void A_step_that_fails_after_another_has_failed_for_good_is_not_tried_again()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b") with { Retry = new RetryPolicy { Limit = 3 } }).Turn().Fail("a").Fail("b", 5);

        life["b"].Phase.ShouldBe(StepPhases.Failed);
        life["b"].Attempt.ShouldBe(1);
        life["b"].ExitCode.ShouldBe(5);
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
    }

    [Fact]
    public void The_workflow_expires_after_its_time_and_not_before()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a")], TtlAfterFinished = new Duration("1h") }).Turn().Succeed("a");
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromHours(1));
        life.Decision.IsExpired.ShouldBeFalse();

        life.After(TimeSpan.FromMinutes(59)).Decision.IsExpired.ShouldBeFalse();
        life.After(TimeSpan.FromMinutes(1)).Decision.IsExpired.ShouldBeTrue();
    }

    [Fact]
    public void A_workflow_whose_newest_spec_was_refused_does_not_expire_while_that_stands()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")], TtlAfterFinished = new Duration("1h") };
        Life life = new Life(spec).Turn().Succeed("a").Change(spec with { Steps = [Life.Step("a", "a")] });
        life.Decision.WakeAt.ShouldBeNull();

        life.After(TimeSpan.FromHours(2)).Decision.IsExpired.ShouldBeFalse();
        life.Turn().Decision.IsExpired.ShouldBeFalse();
        life.Change(spec).Turn().Decision.IsExpired.ShouldBeTrue();
    }

    [Fact]
    public void The_end_of_a_run_is_on_record_before_the_workflow_expires()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a")], TtlAfterFinished = new Duration("0s") }).Turn().Succeed("a");
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Decision.IsExpired.ShouldBeFalse();
        life.Decision.WakeAt.ShouldBe(life.Now);

        life.Turn().Decision.IsExpired.ShouldBeTrue();
    }

    [Theory]
    [InlineData(StopReasons.DeadlineExceeded)]
    [InlineData(StopReasons.Replaced)]
    public void Suspend_keeps_finally_from_starting_unless_a_cancel_was_asked_for(string reason)
    {
        WorkflowSpec spec = Chain with { OnChange = ChangePolicies.Replace, Timeouts = new RunTimeouts { Run = new Duration("10m"), Finally = new Duration("5m") } };
        Life life = new Life(spec).Turn();
        if (reason == StopReasons.Replaced)
        {
            life.Change(spec = spec with { RunToken = "next" });
        }
        else
        {
            life.After(TimeSpan.FromMinutes(10));
        }

        life.Status.Stop!.Reason.ShouldBe(reason);
        life.Change(spec with { Suspend = true }).Turn()["clean"].Waiting!.Reason.ShouldBe(WaitingReasons.Paused);
        life.After(TimeSpan.FromHours(1)).Status.Phase.ShouldBe(WorkflowPhases.Suspended);
        life.Change(spec)["clean"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_run_whose_large_spec_is_lost_ends_and_says_so()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = [new string('x', 30_000), new string('y', 30_000)] } }] }).Turn();
        life.Status.RunSpecRevision.ShouldNotBeNull().ShouldMatch("^w-spec-[0-9a-f]{10}$");
        Workflow lost = life.Workflow with { Status = life.Status with { RunSpec = null } };

        WorkflowStatus ended = AgentOperator.Workflows.Deciding.WorkflowDecider.Decide(lost, new AgentOperator.Workflows.Deciding.Observed(), life.Now).Status;
        ended.Phase.ShouldBe(WorkflowPhases.Failed);
        ended.Steps![0].Reason.ShouldBe("RunSpecLost");
        ended.Message.ShouldNotBeNull().ShouldContain(life.Status.RunSpecRevision!);
    }
}
