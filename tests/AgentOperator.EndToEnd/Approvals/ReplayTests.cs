using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>An approval of one thing is tried on another: it does not fit.</summary>
public sealed class ReplayTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Approvals_of_one_run_say_nothing_of_the_next_nor_of_another_object_with_its_name()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        Person alice = await gate.PersonAsync("alice", "sre");
        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        string first = await gate.DigestAsync();
        await gate.ApproveAsync(alice, first, "sre");
        await ns.UntilEndedAsync("deploy");

        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1, token: "2"));
        string second = await gate.DigestAsync(found => found.Digest != first);
        await gate.ApproveAsync(alice, first, "sre");
        await ReplayedAsync(gate);

        // The spec of the first run again: it is another run.
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "awf", "deploy", $"{RequestAnnotations.Cancel}=2/Immediate", "--namespace", ns.Name);
        await ns.UntilEndedAsync("deploy");
        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        string third = await gate.DigestAsync(found => found.Digest != first && found.Digest != second);
        await gate.ApproveAsync(alice, first, "sre");
        await ReplayedAsync(gate);

        // The same object made anew is another object, although it is its first run with the same spec.
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "awf", "deploy", "--namespace", ns.Name);
        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        string anew = await gate.DigestAsync(found => found.Digest != third);
        anew.ShouldNotBe(first);
        await gate.ApproveAsync(alice, first, "sre");
        await ReplayedAsync(gate);
        await gate.ApproveAsync(alice, anew, "sre");
        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task An_approval_of_one_visit_of_a_loop_says_nothing_of_the_next()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl, "looping", "ask");
        Person alice = await gate.PersonAsync("alice", "sre");
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: looping }
            spec:
              steps:
                - { name: ask, approval: { approvers: { groups: [sre] } } }
                - { name: work, needs: [ask], container: { image: "agent-operator/samples:0.1", command: ["true"] }, next: { goto: ask, maxVisits: 2, onMaxVisits: Continue } }
            """);
        string first = await gate.DigestAsync();
        await gate.ApproveAsync(alice, first, "sre");

        string second = await gate.DigestAsync(found => found.Digest != first);
        await gate.ApproveAsync(alice, first, "sre");
        await ReplayedAsync(gate);
        await gate.ApproveAsync(alice, second, "sre");

        Workflow ended = await ns.UntilEndedAsync("looping");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Approvals!.Select(static record => record.Visit ?? 1).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_lowered_quorum_reaches_no_gate_that_waits_and_a_restored_spec_no_other_one()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        (Person alice, Person bob) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"));
        await ns.ApplyAsync(GateYaml.Deploy());
        string digest = await gate.DigestAsync();
        await gate.ApproveAsync(alice, digest, "sre");
        await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");

        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        Workflow changed = await ns.UntilAsync("deploy", static candidate => candidate.Status?.Conditions?.Count > 0 && candidate.Metadata.Generation == 2);
        (gate.Of(changed)!.Phase, gate.Of(changed)!.Gate!.Progress).ShouldBe((StepPhases.Waiting, "1/2"));

        await ns.ApplyAsync(GateYaml.Deploy());
        await gate.ApproveAsync(bob, digest, "sre");
        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    private static async Task ReplayedAsync(Gate gate)
    {
        Workflow seen = await gate.UntilAsync(static step => step.Gate?.Ignored?.Any(static line => line.Contains("it names another digest", StringComparison.Ordinal)) == true);
        gate.Of(seen)!.Phase.ShouldBe(StepPhases.Waiting);
    }
}
