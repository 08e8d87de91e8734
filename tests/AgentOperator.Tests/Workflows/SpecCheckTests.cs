using System.Text.Json;
using AgentOperator.Api;
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
    [InlineData("{{ 1 + 'a' }}", "1:3")]
    [InlineData("{{ steps.a.outputs.x + 1 }}", "1:19")]
    [InlineData("{{ nope.x }}", "undeclared reference to 'nope'")]
    [InlineData("{{ steps }}", "steps names no value: write params.NAME")]
    [InlineData("{{ item }}", "is known only within a step that has forEach")]
    [InlineData("{{ visit }}", "is known only within a loop")]
    [InlineData("{{ run.phase }}", "is known in finally only")]
    [InlineData("{{ .Values.image }}", "put it into a ConfigMap")]
    [InlineData("{{", "put it into a ConfigMap")]
    [InlineData("{{ params.x", "has no \"}}\"")]
    [InlineData("{{}}", "put it into a ConfigMap")]
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
    [InlineData(ValueTypes.Integer, "1.5", "is declared as integer, but its value is a number")]
    [InlineData(ValueTypes.Number, "true", "is declared as number, but its value is a boolean")]
    [InlineData(ValueTypes.Boolean, "\"true\"", "is declared as boolean, but its value is a string")]
    [InlineData(ValueTypes.Object, "[]", "is declared as object, but its value is an array")]
    [InlineData(ValueTypes.Array, "{}", "is declared as array, but its value is an object")]
    public void A_param_of_the_wrong_type_is_told(string? type, string value, string why) =>
        ParameterProblem(new WorkflowParameter { Name = "p", Type = type, Value = JsonElement.Parse(value) }).ShouldNotBeNull().ShouldContain(why);

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public void A_required_param_without_a_value_is_told_and_another_is_null(string? value)
    {
        WorkflowParameter parameter = new() { Name = "p", Value = value is null ? null : JsonElement.Parse(value) };

        ParameterProblem(parameter with { Required = true }).ShouldBe("param p is required and has no value: set spec.params[p].value");
        ParameterProblem(parameter).ShouldBeNull();
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("2.0", null)]
    [InlineData("3", "param p is 3, which is not among its enum 1, 2: correct spec.params[p].value")]
    public void A_value_that_is_not_among_those_allowed_is_told(string value, string? why) =>
        ParameterProblem(new WorkflowParameter { Name = "p", Type = ValueTypes.Integer, Value = JsonElement.Parse(value), Enum = [JsonElement.Parse("1"), JsonElement.Parse("2")] }).ShouldBe(why);

    [Fact]
    public void An_allowed_value_of_the_wrong_type_is_told() =>
        ParameterProblem(new WorkflowParameter { Name = "p", Enum = [JsonElement.Parse("1")] }).ShouldNotBeNull().ShouldContain("its enum has a number, 1");

    [Theory]
    [InlineData("volumes", """[{"name":"v","emptydir":{}}]""", "spec.steps[a].container.volumes[0].emptydir is not as in a pod")]
    [InlineData("volumes", """[{"emptyDir":{}}]""", "spec.steps[a].container.volumes[0] is not as in a pod")]
    [InlineData("volumes", """[{"name":"v","configMap":{"name":"{{ params.p }}"}}]""", "volumes[0] takes no {{ }}")]
    [InlineData("volumeMounts", """[{"name":"v","mountPath":7}]""", "volumeMounts[0].mountPath is not as in a pod")]
    [InlineData("tolerations", """[{"key":"a","operater":"Exists"}]""", "tolerations[0].operater")]
    [InlineData("securityContext", """{"runAsUser":"root"}""", "securityContext.runAsUser")]
    [InlineData("podSecurityContext", """{"runAsRoot":true}""", "podSecurityContext.runAsRoot")]
    [InlineData("envFrom", """[{"secret":"s"}]""", "envFrom[0].secret")]
    [InlineData("env", """[{"name":"X","valueFrom":{"secretKeyRef":{"name":"s"}}}]""", "env[X].valueFrom.secretKeyRef is not as in a pod")]
    public void A_pod_part_that_is_none_is_told_with_its_place(string field, string json, string why)
    {
        ContainerStep container = JsonSerializer.Deserialize($$"""{"image":"i","{{field}}":{{json}}}""", ApiJsonContext.Default.ContainerStep)!;

        Problem(Life.Step("a") with { Container = container }).ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void Finally_is_a_graph_of_its_own_that_reads_all_steps()
    {
        WorkflowStep main = Life.Step("a") with { Outputs = [new StepOutput { Name = "x" }] };
        FinallyProblem(main, Says("f", "{{ steps.a.outputs.x }} {{ steps.a.phase }} {{ run.phase }} {{ run.message }}")).ShouldBeNull();
        FinallyProblem(main, Life.Step("f", "g"), Life.Step("g", "f")).ShouldNotBeNull().ShouldContain("f → g → f");
        FinallyProblem(main, Life.Step("a")).ShouldNotBeNull().ShouldContain("a step and a finally step are named a");
        FinallyProblem(main, Says("f", "{{ steps.g.phase }}"), Life.Step("g")).ShouldNotBeNull().ShouldContain("add g to its needs");
        FinallyProblem(Says("a", "{{ run.phase }}")).ShouldNotBeNull().ShouldContain("in finally only");
        FinallyProblem(Says("a", "{{ steps.f.outputs.x }}"), Life.Step("f") with { Outputs = main.Outputs }).ShouldNotBeNull().ShouldContain("names a finally step");
    }

    [Fact]
    public void A_duration_that_does_not_parse_is_told() =>
        Problem(Life.Step("a") with { Timeout = new Duration("tomorrow") }).ShouldNotBeNull().ShouldContain("spec.steps[a].timeout");

    [Fact]
    public void A_spec_that_no_object_can_hold_is_told() =>
        Problem(Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = [new string('x', 1_100_000)] } }).ShouldNotBeNull().ShouldStartWith("SpecTooLarge");

    [Fact]
    public void Five_hundred_steps_in_a_chain_are_checked()
    {
        WorkflowStep[] chain = [.. Enumerable.Range(0, 500).Select(i => i == 0 ? Life.Step("s0") : Life.Step($"s{i}", $"s{i - 1}"))];

        // Too large for status, but not for the graph.
        StepGraph.Problem(new RunSpec { Steps = chain }).ShouldBeNull();
        StepGraph.Ancestors(chain)["s499"].Count.ShouldBe(499);
    }

    private static WorkflowStep Says(string name, string text) => Life.Step(name) with { Container = new ContainerStep { Image = "i", Args = [text] } };

    private static string? FinallyProblem(WorkflowStep step, params WorkflowStep[] last) => SpecCheck.Problem(new RunSpec { Steps = [step], Finally = last })?.Message;

    private static string? ParameterProblem(WorkflowParameter parameter) => SpecCheck.Problem(new RunSpec { Params = [parameter], Steps = [Life.Step("a")] })?.Message;

    private static string? Problem(params WorkflowStep[] steps) => SpecCheck.Problem(new RunSpec { Steps = steps }) is { } problem ? $"{problem.Reason}: {problem.Message}" : null;
}
