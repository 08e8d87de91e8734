using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Tests.Workflows;

/// <summary>Values that a container reads as files.</summary>
public sealed class StepFileTests
{
    [Fact]
    public void A_large_value_is_a_file_and_its_path_the_argument()
    {
        string large = new('x', 200_000);
        Life life = Of($"\"{large}\"", "--in={{ file(params.p) }}", "{{ file(params.n) }}", "{{ file(params.p) }}");

        PodSpec pod = life.BuildJob().Spec!.Template.Spec;
        IReadOnlyList<string> args = pod.Containers[0].Args!;
        ConfigMap map = FilesPart.MapOf(life.Workflow, life.Status, life.Decision.Starts[0], life.Material!.Scope.Files).ShouldNotBeNull();

        args[0].ShouldStartWith("--in=/agentoperator/files/");
        args[0][5..].ShouldBe(args[2], "the same value is one file");
        map.Data!.Count.ShouldBe(2);
        map.Data![args[2].Split('/')[^1]].ShouldBe(large, "a string is written as it is");
        map.Data![args[1].Split('/')[^1]].ShouldBe("null", "anything else as JSON");
        (map.Immutable, map.Metadata.Name, map.ControllerOwner()!.Uid).ShouldBe((true, $"{life["a"].Job}-files", "0d6f"));
        pod.Volumes!.Single().ConfigMap!.Name.ShouldBe(map.Metadata.Name);
        pod.Containers[0].VolumeMounts!.Single().ShouldBe(new VolumeMount { Name = "agentoperator-files", MountPath = "/agentoperator/files", ReadOnly = true });
    }

    [Fact]
    public void A_container_that_asks_for_none_gets_no_volume()
    {
        Life life = Of("\"small\"", "{{ params.p }}");

        life.BuildJob().Spec!.Template.Spec.Volumes.ShouldBeNull();
        FilesPart.MapOf(life.Workflow, life.Status, life.Decision.Starts[0], life.Material!.Scope.Files).ShouldBeNull();
    }

    [Fact]
    public void A_variable_may_name_a_file_and_an_expression_around_it_is_an_expression()
    {
        Life life = Of("\"x\"", "{{ 'in=' + file(params.p) + '?' }}");

        life.BuildJob().Spec!.Template.Spec.Containers[0].Args![0].ShouldMatch("^in=/agentoperator/files/[0-9a-f]{32}[?]$");
    }

    [Fact]
    public void Files_that_no_ConfigMap_can_hold_are_refused_with_their_size()
    {
        Life life = Of($"\"{new string('x', 600_000)}\"", "{{ file(params.p) }}", "{{ file(params.p + '2') }}");

        Should.Throw<TemplateException>(() => life.BuildJob()).Message.ShouldContain("the step's files have 1200001 bytes together, more than 1048576: pass a reference to where the values are");
    }

    [Fact]
    public void Elsewhere_than_in_a_container_it_is_refused()
    {
        RunSpec spec = RunSpec.Of(new WorkflowSpec
        {
            Params = [new WorkflowParameter { Name = "p" }],
            Steps = [new WorkflowStep { Name = "a", Agent = new AgentStep { Name = "coder", Input = JsonElement.Parse("""{ "container": { "x": "{{ file(params.p) }}" } }""") } }],
        });

        SpecCheck.Problem(spec)!.Message.ShouldBe("spec.steps[a].agent.input.container.x: {{ file(params.p) }}: file() gives the path of a file in a container: it is for command, args and env of container steps alone; elsewhere write the value itself");
        SpecCheck.Problem(spec with { Steps = [Life.Step("a") with { When = "file(params.p) == ''" }] })!.Message.ShouldContain("it is for command, args and env of container steps alone");
    }

    private static Life Of(string p, params string[] args)
    {
        Life life = new Life(new WorkflowSpec
        {
            Params = [new WorkflowParameter { Name = "p", Required = true, Value = JsonElement.Parse(p) }, new WorkflowParameter { Name = "n", Type = ValueTypes.Integer }],
            Steps = [Life.Step("a") with { Container = new ContainerStep { Image = "i", Args = args } }],
        }).Turn();
        life.Material = new StepMaterial { Scope = new RunScope(life.Status) { Files = new StepFiles() } };
        return life;
    }
}
