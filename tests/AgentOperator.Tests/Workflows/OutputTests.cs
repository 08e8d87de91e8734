using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

public sealed class OutputTests
{
    [Fact]
    public void Declared_outputs_reach_the_next_step_as_argument_and_variable()
    {
        Life life = new Life(
            Producer(("n", ValueTypes.Integer), ("s", ValueTypes.String), ("o", ValueTypes.Object)),
            Life.Step("b", "a") with
            {
                Container = new ContainerStep
                {
                    Image = "busybox:1",
                    Args = ["n={{ steps.a.outputs.n }}", "{{steps.a.outputs.o}}"],
                    Env = [new StepEnvVar { Name = "S", Value = "<{{ steps.a.outputs.s }}>" }],
                },
            }).Turn().Succeed("a", """{"n": 12345678901234567, "s": "it's $(HOME) \"x\"", "o": {"k":[1,true]}, "undeclared": 1}""");

        Job job = life.BuildJob();

        // The kubelet turns "$$" back into "$" and expands nothing in it.
        job.Spec!.Template.Spec.Containers[0].Args.ShouldBe(["n=12345678901234567", """{"k":[1,true]}"""]);
        job.Spec.Template.Spec.Containers[0].Env!.Single(variable => variable.Name == "S").Value.ShouldBe("<it's $$(HOME) \"x\">");
        life["a"].Outputs!.Keys.ShouldBe(["n", "s", "o"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(null, "nothing was written")]
    [InlineData("  ", "nothing was written")]
    [InlineData("hello", "not JSON")]
    [InlineData("[1]", "is an array: write one JSON object")]
    [InlineData("""{"n":7,"\ud800":1}""", "has a name that is no Unicode")]
    [InlineData("""{"\ud800n":1,"n":7,"$usage":{"requests":1}}""", "has a name that is no Unicode")]
    [InlineData("{}", "output n was not written")]
    [InlineData("""{"n":"7"}""", "output n is declared as integer, but is a string")]
    [InlineData("""{"n":null}""", "output n is declared as integer, but is null")]
    [InlineData("""{"n":1.5}""", "output n is declared as integer, but is a number")]
    [InlineData("""{"n":123456789012345678901234567890}""", "output n is declared as integer, but is a number")]
    public void Bad_output_fails_the_attempt_and_says_why(string? written, string why)
    {
        Life life = new Life(Producer(("n", ValueTypes.Integer))).Turn().Succeed("a", written);

        life["a"].Phase.ShouldBe(StepPhases.Failed);
        life["a"].Reason.ShouldBe("BadOutput");
        life["a"].Message.ShouldNotBeNull().ShouldContain(why);
    }

    [Theory]
    [InlineData(ValueTypes.String, "\"a\\ud800b\"")]
    [InlineData(ValueTypes.Number, "1e400")]
    [InlineData(ValueTypes.Object, """{"deep":["\udc00"]}""")]
    [InlineData(ValueTypes.Array, "[{\"n\":-1e999}]")]
    public void A_value_that_status_cannot_hold_is_bad_output(string type, string value)
    {
        Life life = new Life(Producer(("v", type))).Turn().Succeed("a", $$"""{"v":{{value}}}""");

        life["a"].Reason.ShouldBe("BadOutput");
        life["a"].Message.ShouldNotBeNull().ShouldContain("output v");
    }

    [Fact]
    public void Outputs_of_a_run_beyond_its_status_are_bad_output()
    {
        string text = new('x', 4000);
        WorkflowStep[] steps = [.. Enumerable.Range(0, 17).Select(i => Life.Step($"s{i}", i == 0 ? [] : [$"s{i - 1}"]) with { Outputs = [new StepOutput { Name = "v" }] })];
        Life life = new Life(steps).Turn();
        for (int i = 0; i < 16; i++)
        {
            life.Succeed($"s{i}", $$"""{"v":"{{text}}"}""")[$"s{i}"].Phase.ShouldBe(StepPhases.Succeeded);
        }

        life.Succeed("s16", $$"""{"v":"{{text}}"}""")["s16"].Message.ShouldNotBeNull().ShouldContain("more than 65536");
    }

    [Theory]
    [InlineData(ValueTypes.String, "\"\"")]
    [InlineData(ValueTypes.Integer, "-3")]
    [InlineData(ValueTypes.Integer, "1.0")]
    [InlineData(ValueTypes.Number, "1e-3")]
    [InlineData(ValueTypes.Boolean, "false")]
    [InlineData(ValueTypes.Object, "{}")]
    [InlineData(ValueTypes.Array, "[]")]
    public void Values_of_the_declared_type_are_taken(string type, string value)
    {
        Life life = new Life(Producer(("v", type))).Turn().Succeed("a", $$"""{"v":{{value}}}""");

        life["a"].Phase.ShouldBe(StepPhases.Succeeded);
        life["a"].Outputs!["v"].GetRawText().ShouldBe(value);
    }

    [Fact]
    public void A_complete_job_without_a_pod_has_lost_its_outputs()
    {
        Life life = new Life(Producer(("n", ValueTypes.Integer))).Turn().See("a", new AttemptObservation { State = AttemptState.Complete });

        life["a"].Phase.ShouldBe(StepPhases.Errored);
        life["a"].Reason.ShouldBe("ResultLost");
    }

    [Fact]
    public void A_step_without_outputs_needs_no_pod_to_succeed() =>
        new Life(Life.Step("a")).Turn().See("a", new AttemptObservation { State = AttemptState.Complete })["a"].Phase.ShouldBe(StepPhases.Succeeded);

    [Fact]
    public void Params_are_values_of_their_type()
    {
        using JsonDocument value = JsonDocument.Parse("""{"deep":[1]}""");
        Life life = new Life(new WorkflowSpec
        {
            Params = [new WorkflowParameter { Name = "p", Type = ValueTypes.Object, Value = value.RootElement }],
            Steps = [Life.Step("a") with { Container = new ContainerStep { Image = "busybox:1", Command = ["run", "{{ params.p }}"] } }],
        }).Turn();

        life.BuildJob().Spec!.Template.Spec.Containers[0].Command.ShouldBe(["run", """{"deep":[1]}"""]);
    }

    private static WorkflowStep Producer(params (string Name, string Type)[] outputs) =>
        Life.Step("a") with { Outputs = [.. outputs.Select(output => new StepOutput { Name = output.Name, Type = output.Type })] };
}
