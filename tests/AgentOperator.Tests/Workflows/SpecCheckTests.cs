using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Tests.Workflows;

public sealed class SpecCheckTests
{
    [Fact]
    public void A_cycle_is_told_with_its_path() =>
        Problem(Life.Step("start"), Life.Step("a", "start", "c"), Life.Step("b", "a"), Life.Step("c", "b"), Life.Step("end", "c"))
            .ShouldBe("DependencyCycle: steps need each other in a circle: a → c → b → a; remove one of these needs");

    [Fact]
    public void An_unknown_need_is_told() => Problem(Life.Step("a", "b")).ShouldBe("UnknownStep: step a needs b, which is not a step of this workflow");

    [Theory]
    [InlineData("{{ params.nope }}", "names a param that is not declared")]
    [InlineData("{{ steps.nope.outputs.x }}", "names a step that is not in this workflow")]
    [InlineData("{{ steps.a.outputs.nope }}", "names an output that step a does not declare")]
    [InlineData("{{ steps.later.outputs.x }}", "is not known when b starts: add later to its needs")]
    [InlineData("{{ 1 + 1 }}", "is not a path")]
    [InlineData("{{ params.x", "has no \"}}\"")]
    [InlineData("{{}}", "is not a path")]
    public void A_bad_reference_is_told_with_its_place(string text, string why)
    {
        StepOutput[] outputs = [new StepOutput { Name = "x" }];
        string? problem = Problem(
            Life.Step("a") with { Outputs = outputs },
            Life.Step("b", "a") with { Container = new ContainerStep { Image = "i", Args = ["fine", text] } },
            Life.Step("later", "b") with { Outputs = outputs });

        problem.ShouldNotBeNull().ShouldContain(why);
        problem.ShouldContain("spec.steps[b].container.args[1]");
    }

    [Fact]
    public void An_output_of_a_need_of_a_need_is_known() =>
        Problem(
            Life.Step("a") with { Outputs = [new StepOutput { Name = "x" }] },
            Life.Step("b", "a"),
            Life.Step("c", "b") with { Container = new ContainerStep { Image = "i", Env = [new StepEnvVar { Name = "X", Value = "{{ steps.a.outputs.x }}" }] } }).ShouldBeNull();

    [Theory]
    [InlineData(ValueTypes.Integer, "\"7\"", "is declared as integer, but its value is a string")]
    [InlineData(null, "7", "is declared as string, but its value is a number")]
    [InlineData(null, "null", "has no value")]
    public void A_param_of_the_wrong_type_is_told(string? type, string value, string why)
    {
        using JsonDocument json = JsonDocument.Parse(value);
        SpecCheck.Problem(new RunSpec { Params = [new WorkflowParameter { Name = "p", Type = type, Value = json.RootElement }], Steps = [Life.Step("a")] })!
            .Message.ShouldContain(why);
    }

    [Fact]
    public void A_duration_that_does_not_parse_is_told() =>
        Problem(Life.Step("a") with { Timeout = new Duration("tomorrow") }).ShouldNotBeNull().ShouldContain("spec.steps[a].timeout");

    [Fact]
    public void A_spec_that_status_cannot_hold_is_told() =>
        Problem(Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = [new string('x', 40_000)] } }).ShouldNotBeNull().ShouldStartWith("SpecTooLarge");

    [Fact]
    public void Five_hundred_steps_in_a_chain_are_checked()
    {
        WorkflowStep[] chain = [.. Enumerable.Range(0, 500).Select(i => i == 0 ? Life.Step("s0") : Life.Step($"s{i}", $"s{i - 1}"))];

        // Too large for status, but not for the graph.
        StepGraph.Problem(new RunSpec { Steps = chain }).ShouldBeNull();
        StepGraph.Ancestors(new RunSpec { Steps = chain })["s499"].Count.ShouldBe(499);
    }

    private static string? Problem(params WorkflowStep[] steps) => SpecCheck.Problem(new RunSpec { Steps = steps }) is { } problem ? $"{problem.Reason}: {problem.Message}" : null;
}
