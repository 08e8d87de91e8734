using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

/// <summary>What people read in events.</summary>
public sealed class RunNewsTests
{
    [Fact]
    public void A_run_that_succeeds_is_told_at_its_start_and_its_end()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b", "a")).Turn();
        life.News.ShouldBe(["Normal RunStarted: run 1 started"]);

        life.Succeed("a").News.ShouldBeEmpty();
        life.Succeed("b").News.ShouldBe(["Normal RunSucceeded: run 1: 2 of 2 steps succeeded"]);
        life.Turn().News.ShouldBeEmpty();
    }

    [Fact]
    public void A_gate_that_waits_for_people_is_no_refusal()
    {
        Life life = new Life(new WorkflowStep { Name = "gate", Approval = new ApprovalStep { Approvers = new Approvers { Users = ["alice"] } } }).Turn();
        life["gate"].Waiting!.Reason.ShouldBe(WaitingReasons.Approval);
        life.News.ShouldNotContain(static news => news.Contains("SpecRefused", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_is_told_with_its_step_attempt_and_last_words()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 1 } }).Turn().Fail("a", 3, "no space left");
        life.News.ShouldBe(["Warning StepRetried: step a, attempt 1: NonZeroExit: exit code 3: no space left; attempt 2 follows"]);

        life.Fail("a", 4).News.ShouldBe(
        [
            "Warning StepFailed: step a, attempt 2: NonZeroExit: exit code 4",
            "Warning RunFailed: run 1: step a failed (NonZeroExit): exit code 4",
        ]);
    }

    [Fact]
    public void A_backoff_is_told_with_the_time_of_the_next_attempt()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 1, Backoff = new RetryBackoff { Initial = new Duration("90s") } } }).Turn().Fail("a");

        life.News.ShouldBe(["Warning StepRetried: step a, attempt 1: NonZeroExit: exit code 1; the next attempt is due at 2026-05-01T12:01:30Z"]);
        life.After(TimeSpan.FromMinutes(2)).News.ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_that_does_not_start_is_told_once()
    {
        AttemptObservation pulling = new() { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull", WaitingMessage = "no such image" } };
        Life life = new Life(Life.Step("a")).Turn().See("a", pulling);
        life.News.ShouldBe(["Warning StepWaiting: step a waits: ImagePull: no such image"]);

        life.See("a", pulling).News.ShouldBeEmpty();
        life.After(TimeSpan.FromMinutes(5)).News[0].ShouldStartWith("Warning StepErrored: step a, attempt 1: ImagePull");
    }

    [Fact]
    public void Control_is_told()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn();

        life.Change(spec with { Suspend = true }).News.ShouldBe(["Normal RunSuspended: run 1: no attempt starts while spec.suspend is true"]);
        life.Change(spec).News.ShouldBe(["Normal RunResumed: run 1 goes on"]);
        life.Cancel("9/Graceful").News.ShouldBe(["Warning RequestRefused: cancel 9/Graceful was not done: run 9 is not the current one (1)"]);
        life.Cancel("1/Graceful").News.ShouldBe(["Normal RunStopping: run 1 is stopped: Cancelled (Graceful)", "Normal RunCancelled: run 1: cancelled by request (Graceful)"]);
        life.Rerun("1/failed").News[0].ShouldBe("Normal RunStarted: run 2 started; it takes over results of run 1 where inputs are the same");
    }

    [Fact]
    public void A_spec_that_cannot_run_and_a_hold_are_told()
    {
        new Life(Life.Step("a", "a")).Turn().News.ShouldBe(["Warning SpecRefused: DependencyCycle: steps need each other in a circle: a → a; remove one of these needs"]);
        new Life(Life.Step("a")) { IsHeld = true }.Turn().News.ShouldBe(["Normal RunHeld: no run starts while the namespace has the label agentoperator.dev/hold=true"]);
    }

    [Fact]
    public void Outputs_that_are_not_declared_are_told() =>
        new Life(Life.Step("a") with { Outputs = [new StepOutput { Name = "x" }] }, Life.Step("b", "a")).Turn().Succeed("a", """{"x":"1","y":2}""")
            .News.ShouldBe(["Warning OutputsDropped: step a: outputs that are not declared were dropped: y"]);
}
