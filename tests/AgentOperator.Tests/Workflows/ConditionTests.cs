using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Tests.Workflows;

/// <summary>What <c>when</c> says, and what expressions make of values.</summary>
public sealed class ConditionTests
{
    private static readonly StepOutput[] Count = [new StepOutput { Name = "count", Type = ValueTypes.Integer }];

    [Fact]
    public void A_step_whose_condition_is_false_is_skipped_and_what_needs_it_goes_on()
    {
        Life life = new Life(Life.Step("a") with { Outputs = Count }, Life.Step("b", "a") with { When = "steps.a.outputs.count > 3" }, Life.Step("c", "b")).Turn();
        life.Succeed("a", """{"count":3}""");

        life["b"].Phase.ShouldBe(StepPhases.Skipped);
        life["b"].Message.ShouldBe("skipped, because it is not so that steps.a.outputs.count > 3");
        life["c"].Phase.ShouldBe(StepPhases.Starting);
        life.News.ShouldContain("Normal StepSkipped: step b: skipped, because it is not so that steps.a.outputs.count > 3");
    }

    [Fact]
    public void A_step_whose_condition_is_true_runs() =>
        new Life(Life.Step("a") with { Outputs = Count }, Life.Step("b", "a") with { When = "steps.a.outputs.count > 3" }).Turn().Succeed("a", """{"count":4}""")["b"].Phase.ShouldBe(StepPhases.Starting);

    [Fact]
    public void Names_of_steps_may_hold_hyphens_in_expressions() =>
        new Life(Life.Step("run-tests") with { Outputs = Count }, Life.Step("b", "run-tests") with { When = "steps.run-tests.outputs.count - 1 == 3 && steps['run-tests'].outputs.count == 4" })
            .Turn().Succeed("run-tests", """{"count":4}""")["b"].Phase.ShouldBe(StepPhases.Starting);

    [Theory]
    [InlineData("steps.run-tests.outputs.count > 'x'", "1:31: no overload of '>'")]
    [InlineData("'😀' == '' ||\n '😀' != '' && steps.run-tests.outputs.count > 1 && steps.run-tests.outputs.count > 'x'", "2:82: no overload of '>'")]
    public void A_mistake_after_such_a_name_is_where_it_was_written(string when, string why)
    {
        Life life = new Life(Life.Step("run-tests") with { Outputs = Count }, Life.Step("b", "run-tests") with { When = when }).Turn();

        life.Status.Message.ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void An_error_after_such_a_name_is_where_it_was_written() =>
        new Life(Life.Step("run-tests") with { Outputs = Count }, Life.Step("b", "run-tests") with { When = "1 / steps.run-tests.outputs.count > steps.run-tests.outputs.count / (1 - 1)" })
            .Turn().Succeed("run-tests", """{"count":4}""")["b"].Message.ShouldNotBeNull().ShouldContain("1:67: divide by zero");

    [Fact]
    public void A_skipped_step_has_no_outputs_and_expressions_can_ask()
    {
        Life life = new Life(
            Life.Step("a") with { When = "false", Outputs = Count },
            Life.Step("b", "a") with { When = "steps.a.phase == 'Skipped' && steps.a.outputs.count == null" }).Turn();

        life["b"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_condition_that_cannot_be_evaluated_fails_the_step_and_says_why()
    {
        Life life = new Life(
            Life.Step("a") with { Outputs = [new StepOutput { Name = "list", Type = ValueTypes.Array }] },
            Life.Step("b", "a") with { When = "steps.a.outputs.list[5].x == 1" }).Turn();
        life.Succeed("a", """{"list":[1]}""");

        life["b"].Phase.ShouldBe(StepPhases.Failed);
        life["b"].Reason.ShouldBe("ExpressionFailed");
        life["b"].Message.ShouldNotBeNull().ShouldStartWith("when: ");
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
    }

    [Fact]
    public void A_declared_number_is_one_in_expressions_also_where_it_was_written_without_a_fraction() =>
        new Life(
            Life.Step("a") with { Outputs = [new StepOutput { Name = "score", Type = ValueTypes.Number }] },
            Life.Step("b", "a") with { When = "steps.a.outputs.score * 2.0 > 5.5" })
            .Turn().Succeed("a", """{"score":3}""")["b"].Phase.ShouldBe(StepPhases.Starting);

    [Fact]
    public void An_expression_in_an_argument_keeps_nothing_but_its_value()
    {
        Life life = new Life(new WorkflowSpec
        {
            Params = [new WorkflowParameter { Name = "tags", Type = ValueTypes.Array, Value = JsonElement.Parse("""["a","b"]""") }],
            Steps = [Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = ["{{ params.tags.map(t, 'x' + t).join(',') }}", "{{ {'n': {'m': size(params.tags)}}.n.m }}"] } }],
        }).Turn();
        life.Status.Message.ShouldBe("0 of 1 steps succeeded");

        life.BuildJob().Spec!.Template!.Spec!.Containers[0].Args.ShouldBe(["xa,xb", "2"]);
    }

    [Theory]
    [InlineData("steps.a.outputs.count", "gives int, where a bool is wanted")]
    [InlineData("steps.a.outputs.count > 'x'", "1:23")]
    [InlineData("steps.a.outputs.cuont > 1", "names an output that step a does not declare")]
    [InlineData("steps.b.outputs.x == 1", "names an output that step b does not declare")]
    [InlineData("params.nope", "names a param that is not declared")]
    [InlineData("steps.a.outputs.count >", "1:")]
    public void A_condition_with_a_mistake_is_refused_before_anything_starts(string when, string why)
    {
        Life life = new Life(Life.Step("a") with { Outputs = Count }, Life.Step("b", "a") with { When = when }).Turn();

        life.Status.Run.ShouldBeNull();
        life.Status.Message.ShouldNotBeNull().ShouldContain(why);
        life.Status.Message.ShouldContain("spec.steps[b].when");
        life.Decision.Starts.ShouldBeEmpty();
    }

    [Fact]
    public void A_condition_over_a_large_value_waits_until_it_is_loaded()
    {
        string large = new('x', 3000);
        Life life = new Life(Life.Step("a") with { Outputs = [new StepOutput { Name = "text" }] }, Life.Step("b", "a") with { When = "size(steps.a.outputs.text) > 2000" }).Turn();
        life.Post("a", $$"""{"text":"{{large}}"}""");
        OutputReference missing = life.Decision.Missing.ShouldHaveSingleItem();
        life["a"].Phase.ShouldBe(StepPhases.Starting, "nothing of a decision counts that values are missing for");

        life.Loaded[missing.Sha256] = JsonElement.Parse($"\"{large}\"");
        life.Turn()["b"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void The_outputs_of_a_run_are_made_of_those_of_its_steps()
    {
        Life life = new Life(new WorkflowSpec
        {
            Steps = [Life.Step("a") with { Outputs = Count }],
            Outputs = [new WorkflowOutput { Name = "twice", Type = ValueTypes.Integer, Value = JsonElement.Parse("\"{{ steps.a.outputs.count * 2 }}\"") }],
        }).Turn().Succeed("a", """{"count":4}""");

        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.Outputs!["twice"].GetInt32().ShouldBe(8);
    }

    [Fact]
    public void An_output_of_the_wrong_type_fails_the_run()
    {
        Life life = new Life(new WorkflowSpec
        {
            Steps = [Life.Step("a") with { Outputs = Count }],
            Outputs = [new WorkflowOutput { Name = "twice", Value = JsonElement.Parse("\"{{ steps.a.outputs.count * 2 }}\"") }],
        }).Turn().Succeed("a", """{"count":4}""");

        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Message.ShouldBe("spec.outputs[twice] is declared as string, but is a number");
    }
}
