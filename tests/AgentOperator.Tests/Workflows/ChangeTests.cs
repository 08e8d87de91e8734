using AgentOperator.Api.Workflows;

namespace AgentOperator.Tests.Workflows;

/// <summary>What a change of the spec, or a rerun, starts and takes over.</summary>
public sealed class ChangeTests
{
    private static readonly WorkflowSpec Spec = new()
    {
        Steps = [Producer("a"), Reader("b", "a"), Reader("c", "b")],
        Finally = [Life.Step("clean")],
    };

    private static readonly WorkflowSpec Changed = Spec with { Steps = [Producer("a") with { Container = new ContainerStep { Image = "other:1" } }, Reader("b", "a"), Reader("c", "b")] };

    [Fact]
    public void Replace_cancels_gracefully_and_then_runs_the_change()
    {
        Life life = new Life(Spec with { OnChange = ChangePolicies.Replace }).Turn().Change(Changed with { OnChange = ChangePolicies.Replace });
        life["a"].Phase.ShouldBe(StepPhases.Cancelled);
        life.Turn()["clean"].Phase.ShouldBe(StepPhases.Starting);

        life.Succeed("clean").Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        life.Turn().Status.Run.ShouldBe(2);
        life.Status.History!.Single().Phase.ShouldBe(WorkflowPhases.Cancelled);
        life.Status.ObservedGeneration.ShouldBe(2);
    }

    [Fact]
    public void Replace_does_not_stop_a_run_for_a_change_that_cannot_run()
    {
        Life life = new Life(Spec with { OnChange = ChangePolicies.Replace }).Turn().Change(new WorkflowSpec { Steps = [Life.Step("x", "x")], OnChange = ChangePolicies.Replace });

        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life.Status.Stop.ShouldBeNull();
    }

    [Fact]
    public void Ignore_does_not_run_what_changed_during_a_run_but_a_later_change()
    {
        WorkflowSpec ignoring = Changed with { OnChange = ChangePolicies.Ignore };
        Life life = new Life(Spec).Turn().Change(ignoring);
        life.Status.ObservedGeneration.ShouldBe(2);

        Through(life).Turn().Status.Run.ShouldBe(1);
        life.Change(ignoring with { Parallelism = 3 }).Status.Run.ShouldBe(1);
        life.Change(ignoring with { RunToken = "now" }).Status.Run.ShouldBe(2);
    }

    [Fact]
    public void What_was_ignored_runs_when_it_is_applied_again_after_another_spec()
    {
        WorkflowSpec ignoring = Spec with { OnChange = ChangePolicies.Ignore };
        Life during = new Life(ignoring).Turn().Change(Changed with { OnChange = ChangePolicies.Ignore }).Change(ignoring);
        Through(during).Change(Changed with { OnChange = ChangePolicies.Ignore }).Status.Run.ShouldBe(2);

        Life after = Through(new Life(ignoring).Turn().Change(Changed with { OnChange = ChangePolicies.Ignore }));
        after.Change(ignoring).Status.Run.ShouldBe(1);
        after.Change(Changed with { OnChange = ChangePolicies.Ignore }).Status.Run.ShouldBe(2);
    }

    [Theory]
    [InlineData(ChangePolicies.Replace)]
    [InlineData(ChangePolicies.Ignore)]
    public void A_run_that_was_replaced_is_followed_by_one_of_the_spec_as_it_then_is_even_if_it_was_reverted(string then)
    {
        Life life = new Life(Spec with { OnChange = ChangePolicies.Replace }).Turn().Change(Changed with { OnChange = ChangePolicies.Replace });
        life.Status.Stop!.Reason.ShouldBe(StopReasons.Replaced);

        life.Change(Spec with { OnChange = then }).Turn().Succeed("clean").Turn().Status.Run.ShouldBe(2);
        life.Status.RunSpec!.Steps[0].Container!.Image.ShouldBe("busybox:1");
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        Through(life).Turn().Status.Run.ShouldBe(2);
    }

    [Fact]
    public void Queue_says_that_a_change_waits()
    {
        Life life = new Life(Spec).Turn().Change(Changed);

        life.Status.Conditions!.Single(condition => condition.Type == "Reconciling").Message.ShouldNotBeNull().ShouldContain("a change of the spec waits for its end");
        Through(life).Turn().Status.Run.ShouldBe(2);
    }

    [Fact]
    public void Manual_leaves_only_the_token()
    {
        WorkflowSpec manual = Spec with { RerunPolicy = RerunPolicies.Manual };
        Life life = Through(new Life(manual).Turn());
        life.Change(Changed with { RerunPolicy = RerunPolicies.Manual }).Status.Run.ShouldBe(1);
        life.Status.ObservedGeneration.ShouldBe(2);

        life.Change(Changed with { RerunPolicy = RerunPolicies.Manual, RunToken = "1" }).Status.Run.ShouldBe(2);
        life.Status.RunSpec!.Steps[0].Container!.Image.ShouldBe("other:1");
    }

    [Fact]
    public void A_rerun_of_what_failed_takes_over_the_rest()
    {
        Life life = new Life(Spec).Turn().Succeed("a", """{"x":"1"}""").Fail("b").Turn().Succeed("clean").Rerun("1/failed");

        life.Status.Run.ShouldBe(2);
        life.Status.RerunOf.ShouldBe(1);
        life.Status.LastHandledRequest!.Rerun.ShouldBe("1/failed");
        life["a"].Phase.ShouldBe(StepPhases.Succeeded);
        life["a"].ReusedFrom.ShouldBe(1);
        life["a"].Attempt.ShouldBe(0);
        life["b"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("b", """{"x":"2"}""").Succeed("c", """{"x":"3"}""")["clean"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("clean").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.Run.ShouldBe(2);
        life.Turn().Status.Run.ShouldBe(2);
    }

    [Fact]
    public void A_rerun_from_a_step_runs_it_and_what_needs_it()
    {
        Life life = Through(new Life(Spec).Turn()).Rerun("1/from=b");

        life["a"].ReusedFrom.ShouldBe(1);
        life["b"].Phase.ShouldBe(StepPhases.Starting);
        life["c"].Phase.ShouldBe(StepPhases.Pending);
    }

    [Fact]
    public void A_result_is_not_taken_over_once_its_inputs_are_others()
    {
        // a runs anew with another image and says something else, so b runs anew too; what says the same again frees c.
        Life life = Through(new Life(Spec with { RerunPolicy = RerunPolicies.Manual }).Turn()).Change(Changed with { RerunPolicy = RerunPolicies.Manual }).Rerun("1/from=a");
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("a", """{"x":"other"}""")["b"].Phase.ShouldBe(StepPhases.Starting);

        Life same = new Life(Spec).Turn().Succeed("a", """{"x":"1"}""").Succeed("b", """{"x":"2"}""").Fail("c").Turn().Succeed("clean").Change(Changed).Turn();
        same.Status.Run.ShouldBe(2);
        same["a"].ReusedFrom.ShouldBeNull();
    }

    [Fact]
    public void A_rerun_of_a_changed_spec_runs_what_changed_and_takes_over_what_did_not()
    {
        WorkflowSpec spec = Spec with { RerunPolicy = RerunPolicies.Manual };
        Life life = new Life(spec).Turn().Succeed("a", """{"x":"1"}""").Succeed("b", """{"x":"2"}""").Fail("c").Turn().Succeed("clean")
            .Change(Changed with { RerunPolicy = RerunPolicies.Manual }).Rerun("1/failed");
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life["b"].Phase.ShouldBe(StepPhases.Pending);

        // The same output again: b was given the same, so its result stands.
        life.Succeed("a", """{"x":"1"}""");
        life["b"].ReusedFrom.ShouldBe(1);
        life["c"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Theory]
    [InlineData("2/failed", "run 2 is not the current one (1)")]
    [InlineData("1/failed", "all steps of run 1 succeeded")]
    [InlineData("1/from=nowhere", "nowhere is no step of this workflow")]
    [InlineData("1/from=", "write RUN/failed or RUN/from=STEP")]
    [InlineData("1/everything", "write RUN/failed or RUN/from=STEP")]
    public void A_rerun_that_cannot_be_done_is_said_once(string request, string why)
    {
        Life life = Through(new Life(Spec).Turn()).Rerun(request);

        life.Status.Run.ShouldBe(1);
        life.Status.LastHandledRequest!.Message.ShouldNotBeNull().ShouldContain(why);
        WorkflowStatus told = life.Status;
        Simulation.StatusText.Same(told, life.Turn().Status).ShouldBeTrue();
    }

    [Fact]
    public void A_rerun_that_is_asked_for_during_a_run_waits_for_its_end()
    {
        Life life = new Life(Spec).Turn().Rerun("1/failed");
        life.Status.LastHandledRequest.ShouldBeNull();

        life.Fail("a").Turn().Succeed("clean").Turn().Status.Run.ShouldBe(2);
    }

    [Fact]
    public void The_history_limit_holds_at_once_and_drops_Jobs_of_forgotten_runs()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Life.Step("a")] }).Turn();
        for (int i = 0; i < 4; i++)
        {
            life.Succeed("a").Change(new WorkflowSpec { Steps = [Life.Step("a")], RunToken = $"{i}" });
        }

        life.Status.History!.Count.ShouldBe(4);
        life.Change(new WorkflowSpec { Steps = [Life.Step("a")], RunToken = "3", HistoryLimit = 1 });
        life.Status.History!.Single().Run.ShouldBe(4);
        life.Jobs.Count.ShouldBe(2);
    }

    private static Life Through(Life life) => life.Succeed("a", """{"x":"1"}""").Succeed("b", """{"x":"2"}""").Succeed("c", """{"x":"3"}""").Succeed("clean");

    private static WorkflowStep Producer(string name) => Life.Step(name) with { Outputs = [new StepOutput { Name = "x" }] };

    private static WorkflowStep Reader(string name, string need) =>
        Producer(name) with { Needs = [need], Container = new ContainerStep { Image = "busybox:1", Args = [$"{{{{ steps.{need}.outputs.x }}}}"] } };
}
