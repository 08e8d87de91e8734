using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Workflows as steps of others.</summary>
public sealed class NestedWorkflowTests(ClusterFixture cluster)
{
    private static readonly string Library = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: library }
        spec:
          runOnApply: false
          params: [{ name: who, required: true }, { name: code, type: integer, value: 0 }]
          outputs: [{ name: greeting, value: "{{ steps.greet.outputs.text }}" }]
          steps:
          - name: greet
            container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'printf "{\"text\": \"hello %s\"}" "$0" > /dev/termination-log; exit "$1"', "{{ params.who }}", "{{ params.code }}"] }
            outputs: [{ name: text }]
        """;

    [Fact]
    public async Task A_workflow_step_runs_a_copy_gives_its_outputs_and_fails_as_it_does()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Caller("good", "[{ name: who, value: \"{{ params.name }}\" }]"));
        (await ns.UntilAsync("good", static one => one.Status?.Steps?[0].Waiting is not null)).Status!.Steps![0].Waiting!.Message.ShouldBe("there is no Workflow library in this namespace");
        await ns.ApplyAsync(Library);

        Workflow good = await ns.UntilEndedAsync("good");

        (good.Status!.Phase, good.Status.Steps![0].Outputs!["greeting"].GetString()).ShouldBe((WorkflowPhases.Succeeded, "hello you"), good.Status.Message);
        Workflow child = await ns.UntilAsync(good.Status.Steps[0].Job!, static _ => true);
        (child.ControllerOwner()!.Name, child.Label(Labels.Parent), child.Annotation(Labels.Depth), child.Status!.Phase).ShouldBe(("good", "good", "1", WorkflowPhases.Succeeded));
        await ns.ApplyAsync(Caller("bad", "[{ name: who, value: you }, { name: code, value: 3 }]"));
        Workflow bad = await ns.UntilEndedAsync("bad");
        (bad.Status!.Phase, bad.Status.Steps![0].Reason).ShouldBe((WorkflowPhases.Failed, "WorkflowFailed"));
        bad.Status.Steps[0].Message!.ShouldContain("exit code 3");
        await ns.ApplyAsync(Caller("wrong", "[{ name: nobody, value: you }]"));
        (await ns.UntilEndedAsync("wrong")).Status!.Steps![0].Message.ShouldBe("Workflow library has no param nobody");
        (await ns.UntilAsync("library", static one => one.Status?.Phase == WorkflowPhases.Waiting)).Status!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task A_workflow_that_runs_itself_by_others_is_refused()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Chain("a", "b", "runOnApply: true"));
        await ns.ApplyAsync(Chain("b", "a", "runOnApply: false"));

        Workflow ended = await ns.UntilEndedAsync("a");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Failed);
        ended.Status.Steps![0].Message!.ShouldContain("Workflow a would run itself: a runs b runs a");
    }

    [Fact]
    public async Task A_cancel_and_a_deletion_reach_the_workflow_below()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Library.Replace("[sh, -c, 'printf", "[sh, -c, 'exec sleep infinity; printf", StringComparison.Ordinal));
        await ns.ApplyAsync(Caller("cancelled", "[{ name: who, value: you }]"));
        await ns.ApplyAsync(Caller("deleted", "[{ name: who, value: you }]"));
        string below = await RunningChildAsync(ns, "cancelled");
        string gone = await RunningChildAsync(ns, "deleted");

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "awf/cancelled", "agentoperator.dev/cancel=1/Graceful", "--namespace", ns.Name);
        (await ns.UntilEndedAsync("cancelled")).Status!.Phase.ShouldBe(WorkflowPhases.Cancelled);
        (await ns.UntilEndedAsync(below)).Status!.Phase.ShouldBe(WorkflowPhases.Cancelled);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "awf/deleted", "--namespace", ns.Name);
        await ns.UntilGoneAsync<Workflow>(gone);
        await ns.UntilNoneAsync<Job>("although nothing that made them is under way");
    }

    private static async Task<string> RunningChildAsync(TestNamespace ns, string parent)
    {
        Workflow running = await ns.UntilAsync(parent, static one => one.Status?.Steps?[0].Phase == StepPhases.Running);
        Workflow child = await ns.UntilAsync(running.Status!.Steps![0].Job!, static one => one.Status?.Steps?[0].Phase == StepPhases.Running);
        return child.Metadata.Name!;
    }

    private static string Caller(string name, string values) => $$$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: {{{name}}} }
        spec:
          params: [{ name: name, value: you }]
          steps:
          - name: call
            workflow: { name: library, params: {{{values}}} }
            outputs: [{ name: greeting }]
        """;

    private static string Chain(string name, string next, string more) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: {{name}} }
        spec:
          {{more}}
          steps: [{ name: next, workflow: { name: {{next}} } }]
        """;
}
