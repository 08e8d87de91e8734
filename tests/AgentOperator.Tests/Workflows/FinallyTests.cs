using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows;

public sealed class FinallyTests
{
    private static readonly WorkflowSpec Spec = new() { Steps = [Life.Step("a"), Life.Step("b", "a")], Finally = [Life.Step("clean"), Life.Step("notify", "clean")] };

    [Fact]
    public void Finally_runs_after_success_in_the_order_of_its_needs()
    {
        Life life = new Life(Spec).Turn();
        life.Decision.Starts.Single().Step.Name.ShouldBe("a");
        life["clean"].Phase.ShouldBe(StepPhases.Pending);

        life.Succeed("a").Succeed("b")["clean"].Phase.ShouldBe(StepPhases.Starting);
        life.Status.Phase.ShouldBe(WorkflowPhases.Running);
        life.Status.Progress.ShouldBe("2/4");
        life["notify"].Phase.ShouldBe(StepPhases.Pending);
        life.Succeed("clean").Succeed("notify").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void Finally_runs_after_failure_and_the_run_has_failed()
    {
        Life life = new Life(Spec).Turn().Fail("a", 3);
        life["b"].Phase.ShouldBe(StepPhases.Omitted);
        life["clean"].Phase.ShouldBe(StepPhases.Starting);

        life.Succeed("clean").Succeed("notify");
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Message.ShouldBe("step a failed (NonZeroExit): exit code 3");
    }

    [Fact]
    public void A_finally_step_that_fails_fails_the_run_and_omits_what_needs_it()
    {
        Life life = new Life(Spec).Turn().Succeed("a").Succeed("b").Fail("clean", 2);

        life["notify"].Phase.ShouldBe(StepPhases.Omitted);
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Message.ShouldNotBeNull().ShouldContain("in finally, step clean failed (NonZeroExit)");
    }

    [Fact]
    public void Finally_waits_until_the_pods_of_stopped_attempts_have_ended_but_not_for_ever()
    {
        Life life = new Life(Spec).Turn().Cancel("1/Graceful");
        life["a"].Phase.ShouldBe(StepPhases.Cancelled);
        life["clean"].Phase.ShouldBe(StepPhases.Pending);
        life.Turn()["clean"].Phase.ShouldBe(StepPhases.Starting);

        Life slow = new Life(Spec).Turn().Cancel("1/Graceful").Linger("a");
        slow["clean"].Phase.ShouldBe(StepPhases.Pending);
        slow.Decision.Stops.ShouldBeEmpty();
        slow.Decision.WakeAt.ShouldNotBeNull();
        slow.After(TimeSpan.FromMinutes(3))["clean"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void Finally_has_a_clock_of_its_own()
    {
        Life life = new Life(Spec with { Timeouts = new RunTimeouts { Run = new Duration("1m"), Finally = new Duration("5m") } }).Turn().Succeed("a").Succeed("b");
        life.After(TimeSpan.FromMinutes(4)).Status.Phase.ShouldBe(WorkflowPhases.Running);
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromMinutes(1));

        life.After(TimeSpan.FromMinutes(1));
        life["clean"].Phase.ShouldBe(StepPhases.Cancelled);
        life["notify"].Phase.ShouldBe(StepPhases.Omitted);
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Message.ShouldNotBeNull().ShouldContain("timeouts.finally");
    }

    [Fact]
    public void Finally_knows_how_the_steps_ended()
    {
        WorkflowStep step = Life.Step("notify") with
        {
            Container = new ContainerStep { Image = "i", Args = ["{{ run.phase }}", "{{ run.message }}", "{{ steps.a.phase }}", "<{{ steps.a.outputs.x }}>"] },
        };
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a") with { Outputs = [new StepOutput { Name = "x" }] }], Finally = [step] }).Turn().Fail("a", 9);

        life.BuildJob().Spec!.Template.Spec.Containers[0].Args
            .ShouldBe(["Failed", "step a failed (NonZeroExit): exit code 9", "Failed", "<>"]);
    }

    [Fact]
    public void A_finally_step_has_retries_of_its_own_although_the_run_has_failed()
    {
        Life life = new Life(Spec with { Finally = [Life.Step("clean") with { Retry = new RetryPolicy { Limit = 1 } }] }).Turn().Fail("a").Fail("clean");

        life["clean"].Attempt.ShouldBe(2);
        life.Succeed("clean").Status.Message.ShouldBe("step a failed (NonZeroExit): exit code 1");
    }

    [Fact]
    public void Who_waits_for_a_person_is_not_hurried_because_finally_is_still_to_come()
    {
        Life life = new Life(new WorkflowSpec
        {
            Steps = [new WorkflowStep { Name = "gate", Approval = new ApprovalStep { Approvers = new Approvers { Users = ["alice"] } } }],
            Finally = [Life.Step("bye")],
            Timeouts = new RunTimeouts { Run = new Duration("2h") },
        }).Turn();

        life.After(TimeSpan.FromHours(20));

        life.Status.Stop.ShouldBeNull();
        life["gate"].Waiting!.Reason.ShouldBe(WaitingReasons.Approval);
        life["bye"].Waiting!.Reason.ShouldBe(WaitingReasons.Dependency);
        life["bye"].Waiting!.Message.ShouldBe("follows the steps, and what undoes them");
    }
}
