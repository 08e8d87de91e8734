using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

/// <summary>What is undone, in which order, and what is said of it.</summary>
public sealed class CompensationTests
{
    private static readonly StepCompensation Undo = new() { Container = new ContainerStep { Image = "undo:1" } };

    private static StepStatus Undoing(Life life, string step) => life.Status.Compensations!.Single(status => status.Name == step);

    private static WorkflowStep Done(string name, params string[] needs) => Life.Step(name, needs) with { Compensate = Undo };

    private static Life Failed(StepCompensation? undo = null) => new Life(new WorkflowSpec
    {
        Steps = [Done("a") with { Outputs = [new StepOutput { Name = "id" }], Compensate = undo ?? Undo }, Done("b", "a"), Life.Step("c", "b")],
        Finally = [Life.Step("bye")],
        Timeouts = new RunTimeouts { Compensate = new Duration("1m") },
    }).Turn().Succeed("a", """{"id":"x1"}""").After(TimeSpan.FromSeconds(1)).Succeed("b").Fail("c");

    [Fact]
    public void Steps_are_undone_in_reverse_and_one_at_a_time_then_comes_finally()
    {
        Life life = Failed();
        life.Status.Compensations!.Select(static step => step.Name).ShouldBe(["b", "a"]);
        life.Status.Phase.ShouldBe(WorkflowPhases.Running);
        life.News.ShouldContain("Warning Compensating: run 1 is undone in this order: b, a");
        Undoing(life, "a").Phase.ShouldBe(StepPhases.Pending);
        Undoing(life, "b").Job.ShouldNotBeNull().ShouldStartWith("w-undo-b-");
        life["bye"].Phase.ShouldBe(StepPhases.Pending);

        life.SucceedUndo("b");
        life["b"].Phase.ShouldBe(StepPhases.Compensated);
        Undoing(life, "a").Phase.ShouldBe(StepPhases.Starting);

        life.SucceedUndo("a");
        life["bye"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("bye");
        life.Status.Phase.ShouldBe(WorkflowPhases.Compensated);
        life.Status.Message.ShouldNotBeNull().ShouldContain("step c failed (NonZeroExit): exit code 1; 2 of 2 steps were undone");
        life.Status.Conditions!.Single(static condition => condition.Type == "Stalled").Reason.ShouldBe("Compensated");
    }

    [Fact]
    public void What_undoes_a_step_reads_its_results()
    {
        Life life = Failed(new StepCompensation { Container = new ContainerStep { Image = "undo:1", Args = ["{{ steps.a.outputs.id }}"] } });
        life.SucceedUndo("b");

        life.BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["x1"]);
    }

    [Fact]
    public void A_compensation_has_retries_of_its_own_and_one_that_fails_does_not_stop_the_others()
    {
        Life life = Failed(Undo with { Retry = new RetryPolicy { Limit = 1 } }).SucceedUndo("b");
        life.SeeUndo("a", AttemptState.Failed);
        Undoing(life, "a").Attempt.ShouldBe(2);
        life.SeeUndo("a", AttemptState.Failed).Succeed("bye");

        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life["a"].Phase.ShouldBe(StepPhases.Succeeded, "it was not undone");
        life.Status.Message.ShouldNotBeNull().ShouldContain("1 of 2 steps were undone, and the compensation of step a failed");
    }

    [Fact]
    public void Compensations_have_a_clock_of_their_own()
    {
        Life life = Failed().After(TimeSpan.FromSeconds(61));

        Undoing(life, "b").Phase.ShouldBe(StepPhases.Cancelled);
        Undoing(life, "a").Phase.ShouldBe(StepPhases.Omitted);
        life["bye"].Phase.ShouldBe(StepPhases.Pending, "a pod may still be ending");
    }

    [Fact]
    public void A_graceful_cancel_undoes_and_an_immediate_one_does_not()
    {
        Life graceful = new Life(Done("a"), Life.Step("b", "a")).Turn().Succeed("a").Cancel("1/Graceful").Turn();
        graceful.Status.Compensations!.ShouldHaveSingleItem();
        graceful.SucceedUndo("a").Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        graceful["a"].Phase.ShouldBe(StepPhases.Compensated);

        Life immediate = new Life(Done("a"), Life.Step("b", "a")).Turn().Succeed("a").Cancel("1/Immediate").Turn();
        immediate.Status.Compensations.ShouldBeNull();
        immediate.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
    }

    [Fact]
    public void A_run_that_succeeds_undoes_nothing() => new Life(Done("a")).Turn().Succeed("a").Status.ShouldSatisfyAllConditions(
        status => status.Phase.ShouldBe(WorkflowPhases.Succeeded),
        status => status.Compensations.ShouldBeNull());

    [Fact]
    public void What_was_undone_is_not_taken_over_by_a_rerun()
    {
        Life life = new Life(Done("a"), Life.Step("b", "a")).Turn().Succeed("a").Fail("b").SucceedUndo("a");
        life.Status.Phase.ShouldBe(WorkflowPhases.Compensated);
        life.Rerun("1/failed");

        life.Status.Run.ShouldBe(2);
        life["a"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_step_whose_loop_came_back_is_undone_for_what_it_did_before()
    {
        Life life = new Life(
            Done("a") with { Outputs = [new StepOutput { Name = "id" }], Compensate = new StepCompensation { Container = new ContainerStep { Image = "undo:1", Args = ["{{ steps.a.outputs.id }}"] } } },
            Life.Step("b", "a") with { Next = new StepNext { Goto = "a", MaxVisits = 3 } }).Turn();
        life.Succeed("a", """{"id":"first"}""").Succeed("b").Fail("a");

        life.BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["first"]);
    }

    [Fact]
    public void Deletion_undoes_where_it_is_asked_for()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Done("a"), Life.Step("b", "a")], Finally = [Life.Step("bye")], OnDelete = DeletePolicies.Compensate }).Turn();
        life.Decision.KeepsObject.ShouldBe(true);
        life.Succeed("a").Terminate().Turn().Turn();
        life.Status.Compensations!.ShouldHaveSingleItem();
        life.Decision.KeepsObject.ShouldBe(true);

        life.SucceedUndo("a").Turn();
        life.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        life["bye"].Phase.ShouldBe(StepPhases.Omitted);
        life.Decision.KeepsObject.ShouldBe(false);
    }

    [Fact]
    public void In_a_namespace_that_goes_nothing_is_undone()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Done("a"), Life.Step("b", "a")], OnDelete = DeletePolicies.Compensate }) { IsNamespaceTerminating = true }.Turn().Succeed("a").Terminate();

        life.Status.Compensations.ShouldBeNull();
        life.Decision.KeepsObject.ShouldBe(false);
    }

    [Fact]
    public void Of_steps_that_ended_at_one_time_the_one_that_needs_the_other_is_undone_first()
    {
        WorkflowSpec spec = new() { Steps = [Done("b", "a"), Done("a"), Life.Step("c", "b")] };
        Life life = new Life(spec).Turn().Succeed("a").After(TimeSpan.FromSeconds(1)).Succeed("b").Cancel("1/Immediate");
        life.Rerun("1/failed").Turn().Turn().Fail("c");

        life["a"].ReusedFrom.ShouldBe(1);
        life["a"].FinishedAt.ShouldBe(life["b"].FinishedAt);
        life.Status.Compensations!.Select(static step => step.Name).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void What_undoes_a_step_of_a_loop_is_of_the_visit_that_it_undoes()
    {
        StepCompensation undo = new() { Container = new ContainerStep { Image = "undo:1", Args = ["{{ visit }}"] } };
        Life life = new Life(
            Life.Step("head") with { Compensate = undo },
            Life.Step("tail", "head") with { Next = new StepNext { Goto = "head", MaxVisits = 3 } }).Turn();
        life.Succeed("head").Succeed("tail").Succeed("head").Succeed("tail").Fail("head");

        life["head"].Visit.ShouldBe(3);
        Undoing(life, "head").Visit.ShouldBe(2);
        life.BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["2"]);
    }

    [Fact]
    public void What_waits_to_be_undone_says_for_what()
    {
        Life life = Failed();
        Undoing(life, "a").Waiting!.Message.ShouldBe("follows what undoes the steps that ended later");
        life["bye"].Waiting!.Message.ShouldBe("follows the steps, and what undoes them");
    }
}
