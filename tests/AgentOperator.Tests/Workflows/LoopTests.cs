using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows;

/// <summary>Ways back.</summary>
public sealed class LoopTests
{
    private static readonly StepOutput[] Issues = [new StepOutput { Name = "issues", Type = ValueTypes.Integer }];

    private static Life Reviewed(string? onMaxVisits = null) => new Life(
        Life.Step("code") with { Container = new ContainerStep { Image = "i", Args = ["{{ previous.review.outputs.issues }}", "{{ visit }}"] } },
        Life.Step("review", "code") with { Outputs = Issues, Next = new StepNext { Goto = "code", When = "steps.review.outputs.issues > 0", MaxVisits = 3, OnMaxVisits = onMaxVisits } },
        Life.Step("after", "code")).Turn();

    [Fact]
    public void The_body_is_done_anew_until_the_condition_is_false()
    {
        Life life = Reviewed().Succeed("code");
        string first = life["review"].Job!;
        life["after"].Waiting!.Message.ShouldBe("needs the loop to be left that ends at review");
        life.Succeed("review", """{"issues":2}""");

        life["code"].ShouldSatisfyAllConditions(
            code => code.Phase.ShouldBe(StepPhases.Starting),
            code => code.Visit.ShouldBe(2),
            code => code.Attempt.ShouldBe(1));
        life["review"].Visit.ShouldBe(2);
        life.News.ShouldContain("Normal LoopedBack: step review goes back: pass 2 of its loop begins");
        life.BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["2", "2"], "what the visit before gave");

        life.Succeed("code").Succeed("review", """{"issues":0}""");
        life["review"].Job.ShouldNotBe(first);
        life["after"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("after").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.Attempts.ShouldBe(5);
    }

    [Fact]
    public void The_first_visit_has_no_visit_before_it() => Reviewed().BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["", "1"]);

    [Fact]
    public void A_loop_that_does_not_end_fails_at_its_limit()
    {
        Life life = Reviewed();
        for (int i = 0; i < 3; i++)
        {
            life.Succeed("code").Succeed("review", """{"issues":1}""");
        }

        life["review"].Reason.ShouldBe("LoopLimit");
        life["after"].Phase.ShouldBe(StepPhases.Omitted);
        life.Status.Message.ShouldBe("step review failed (LoopLimit): the loop back to code was done 3 times, which is next.maxVisits");
    }

    [Fact]
    public void A_loop_may_be_left_at_its_limit()
    {
        Life life = Reviewed(LoopLimitActions.Continue);
        for (int i = 0; i < 3; i++)
        {
            life.Succeed("code").Succeed("review", """{"issues":1}""");
        }

        life["review"].Phase.ShouldBe(StepPhases.Succeeded);
        life["after"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_last_step_that_is_skipped_leaves_the_loop()
    {
        Life life = new Life(
            Life.Step("review") with { Outputs = Issues },
            Life.Step("fix", "review") with { When = "steps.review.outputs.issues > 0", Next = new StepNext { Goto = "review", MaxVisits = 3 } },
            Life.Step("deploy", "review")).Turn();
        life.Succeed("review", """{"issues":1}""").Succeed("fix");
        life["review"].Visit.ShouldBe(2);
        life["deploy"].Phase.ShouldBe(StepPhases.Pending);

        life.Succeed("review", """{"issues":0}""");
        life["fix"].Phase.ShouldBe(StepPhases.Skipped);
        life["deploy"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void An_inner_loop_counts_anew_each_time_the_outer_one_goes_on()
    {
        Life life = new Life(
            Life.Step("a"),
            Life.Step("b", "a") with { Outputs = Issues, Next = new StepNext { Goto = "b", When = "steps.b.outputs.issues > 0", MaxVisits = 2 } },
            Life.Step("c", "b") with { Outputs = Issues, Next = new StepNext { Goto = "a", When = "steps.c.outputs.issues > 0", MaxVisits = 2 } }).Turn();
        life.Succeed("a").Succeed("b", """{"issues":1}""").Succeed("b", """{"issues":0}""").Succeed("c", """{"issues":1}""");
        life["b"].Visit.ShouldBe(3);
        life["b"].Passes.ShouldBeNull();

        life.Succeed("a").Succeed("b", """{"issues":1}""").Succeed("b", """{"issues":0}""").Succeed("c", """{"issues":0}""");
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life["b"].Visit.ShouldBe(4);
    }

    [Fact]
    public void A_way_back_leads_to_a_step_before() =>
        new Life(Life.Step("a"), Life.Step("b") with { Next = new StepNext { Goto = "a", MaxVisits = 2 } }).Turn()
            .Status.Message.ShouldNotBeNull().ShouldContain("spec.steps[b].next.goto: a is no step that b needs");

    [Fact]
    public void Loops_that_cross_are_refused() =>
        new Life(
            Life.Step("a"),
            Life.Step("b", "a"),
            Life.Step("c", "b") with { Next = new StepNext { Goto = "a", MaxVisits = 2 } },
            Life.Step("d", "c") with { Next = new StepNext { Goto = "b", MaxVisits = 2 } }).Turn()
            .Status.Message.ShouldBe("the loops a → c and b → d cross: one must lie within the other, or they must share no step");

    [Fact]
    public void Loops_that_wait_for_each_other_to_be_left_are_refused() =>
        new Life(
            Life.Step("a"),
            Life.Step("b"),
            Life.Step("b-end", "b", "a") with { Next = new StepNext { Goto = "b", MaxVisits = 2 } },
            Life.Step("between", "b"),
            Life.Step("a-end", "a", "between") with { Next = new StepNext { Goto = "a", MaxVisits = 2 } }).Turn()
            .Status.Message.ShouldNotBeNull().ShouldStartWith("steps wait for each other, because what needs a step of a loop waits until the loop is left: ");

    [Fact]
    public void A_way_back_from_a_step_that_runs_nothing_begins_at_once()
    {
        Life life = new Life(
            Life.Step("work"),
            new WorkflowStep { Name = "pause", Needs = ["work"], Wait = new WaitStep { Duration = new Duration("1m") }, Next = new StepNext { Goto = "work", MaxVisits = 2, OnMaxVisits = LoopLimitActions.Continue } }).Turn();
        life.Succeed("work").After(TimeSpan.FromMinutes(1));

        life["work"].Phase.ShouldBe(StepPhases.Starting);
        life["pause"].Waiting!.Message.ShouldBe("needs work");
    }

    [Fact]
    public void A_rerun_takes_over_a_loop_that_was_left_at_its_limit()
    {
        Life life = new Life(
            Life.Step("work"),
            Life.Step("judge", "work") with { Next = new StepNext { Goto = "work", MaxVisits = 2, OnMaxVisits = LoopLimitActions.Continue } },
            Life.Step("after", "judge")).Turn();
        life.Succeed("work").Succeed("judge").Succeed("work").Succeed("judge").Fail("after");
        life.Rerun("1/failed").Turn();

        life["work"].ReusedFrom.ShouldBe(1);
        life["judge"].Phase.ShouldBe(StepPhases.Succeeded);
        life["after"].Phase.ShouldBe(StepPhases.Starting);
    }
}
