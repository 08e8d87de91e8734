using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>Gates in a real cluster: people decide, and the run goes on or ends.</summary>
public sealed class GateTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Two_people_open_a_gate_and_everything_tells_of_it()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        OperatorProcess process = cluster.StartOperator(ns);
        await using (process)
        {
            Gate gate = new(ns, cluster.Kubectl);
            (Person alice, Person bob, Person carol) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"), await gate.PersonAsync("carol", "finance"));
            await ns.ApplyAsync(GateYaml.Deploy());
            string digest = await gate.DigestAsync();

            Workflow waiting = await gate.UntilAsync(static step => step.Phase == StepPhases.Waiting);
            waiting.Status!.Waiting.ShouldBe("Approval: approve-production");
            Condition(waiting, ConditionTypes.Ready).ShouldBe(("False", "AwaitingApproval"));
            Condition(waiting, ConditionTypes.AwaitingApproval).Status.ShouldBe("True");
            Condition(waiting, ConditionTypes.Stalled).Status.ShouldBe("");
            gate.Of(waiting)!.Gate!.Message.ShouldBe("Ship 1.4.2?");
            gate.Of(waiting)!.Gate!.Progress.ShouldBe("0/2");
            gate.Of(waiting)!.Gate!.SelfApprovalCheck.ShouldBe(SelfApprovalChecks.Known);

            await gate.ApproveAsync(carol, digest, "finance");
            await gate.ApproveAsync(alice, digest, "sre");
            await gate.ApproveAsync(alice, digest, "sre");
            Workflow half = await gate.UntilAsync(static step => step.Gate is { Progress: "1/2", Ignored: not null });
            gate.Of(half)!.Gate!.Missing.ShouldBe("missing: 1 more of 2 approvals by group sre");
            gate.Of(half)!.Gate!.Ignored!.ShouldHaveSingleItem().ShouldContain("of carol: the gate does not name this user");

            await gate.ApproveAsync(bob, digest, "sre");
            Workflow ended = await ns.UntilEndedAsync("deploy");

            ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
            gate.Of(ended)!.Gate!.ApprovedBy!.ShouldBe(["alice", "bob"], ignoreOrder: true);
            ended.Status.Approvals!.Select(static record => record.User).ShouldBe(["alice", "bob"]);
            ApprovalChain.FirstBroken(ended.Status.Approvals!).ShouldBeNull();
            await ns.UntilAnyAsync<Event>(static told => told is { Reason: EventReasons.Approved } && told.Note?.Contains("bob approved gate approve-production of run 1: as agreed", StringComparison.Ordinal) == true);
        }

        (await process.ReadLogAsync(TestContext.Current.CancellationToken)).ShouldContain($"Approve by alice counts for Workflow {ns.Name}/deploy, run 1, gate approve-production");
    }

    [Fact]
    public async Task One_no_ends_it()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        Person alice = await gate.PersonAsync("alice", "sre");
        await ns.ApplyAsync(GateYaml.Deploy());

        (await alice.DecideAsync("deploy", "approve-production", await gate.DigestAsync(), ApprovalDecisions.Reject, "sre")).ShouldBe("");
        Workflow ended = await ns.UntilEndedAsync("deploy");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Failed);
        (gate.Of(ended)!.Reason, gate.Of(ended)!.Message).ShouldBe(("Rejected", "rejected by alice: as agreed"));
        ended.Status.Steps!.Single(static step => step.Name == "deploy").Phase.ShouldBe(StepPhases.Omitted);
    }

    [Fact]
    public async Task An_author_does_not_approve_his_own_change()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        Person alice = await (await gate.PersonAsync("alice", "sre")).WithRoleAsync("cluster-admin");
        Person bob = await gate.PersonAsync("bob", "sre");
        (await alice.CreateAsync(GateYaml.Deploy(quorum: 1))).ShouldBe("");
        string digest = await gate.DigestAsync();

        await gate.ApproveAsync(alice, digest, "sre");
        Workflow refused = await gate.UntilAsync(static step => step.Gate?.Ignored is not null);
        gate.Of(refused)!.Gate!.Ignored!.ShouldHaveSingleItem().ShouldContain("who changed what the run executes does not approve it");
        await gate.ApproveAsync(bob, digest, "sre");

        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_program_among_the_authors_means_that_two_people_must_approve()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        Person argo = await new Person(cluster.Kubectl, ns.Name, "system:serviceaccount:argocd:argocd-application-controller").WithRoleAsync("cluster-admin");
        (Person alice, Person bob) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"));
        (await argo.CreateAsync(GateYaml.Deploy(quorum: 1))).ShouldBe("");
        string digest = await gate.DigestAsync(static found => found.SelfApprovalCheck == SelfApprovalChecks.Unknown);

        await gate.ApproveAsync(alice, digest, "sre");
        await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");
        await gate.ApproveAsync(bob, digest, "sre");

        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_restart_forgets_no_approval()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Gate gate = new(ns, cluster.Kubectl);
        (Person alice, Person bob) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"));
        string digest;
        OperatorProcess first = cluster.StartOperator(ns);
        await using (first)
        {
            await ns.ApplyAsync(GateYaml.Deploy());
            digest = await gate.DigestAsync();
            await gate.ApproveAsync(alice, digest, "sre");
            await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");
            await first.KillAsync();
        }

        await gate.ApproveAsync(bob, digest, "sre");
        await using OperatorProcess second = cluster.StartOperator(ns);

        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task Nobody_in_time_is_a_no()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(GateYaml.Deploy(more: ", timeout: 2s"));

        Workflow ended = await ns.UntilEndedAsync("deploy");

        new Gate(ns, cluster.Kubectl).Of(ended)!.Reason.ShouldBe("ApprovalTimeout");
    }

    [Fact]
    public async Task A_floor_raises_the_bar_and_wants_gates_where_it_says()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "label", "namespace", ns.Name, "environment=production");
        await ns.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: floors }
            data:
              floors.json: |
                { "floors": [{ "name": "production", "namespaceSelector": { "matchLabels": { "environment": "production" } }, "quorum": 2, "groups": ["sre"], "gateBefore": { "steps": ["deploy*"] } }] }
            """);
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns, null, 0, "--approval-floors", "floors");
        Gate gate = new(ns, cluster.Kubectl);
        (Person alice, Person bob) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"));

        await ns.ApplyAsync(GateYaml.Deploy().Replace("needs: [approve-production]", "needs: [build]", StringComparison.Ordinal));
        Workflow stalled = await ns.UntilAsync("deploy", static candidate => candidate.Status?.Conditions?.Any(static condition => condition.Type == ConditionTypes.Stalled) == true);
        Condition(stalled, ConditionTypes.Stalled).ShouldBe(("True", "BelowApprovalFloor"));

        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1, more: ", onTimeout: Approve, timeout: 1h"));
        string digest = await gate.DigestAsync();
        await gate.ApproveAsync(alice, digest, "sre");
        Workflow half = await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");
        (gate.Of(half)!.Gate!.Policy!.Quorum, gate.Of(half)!.Gate!.Policy!.OnTimeout).ShouldBe((2, GateTimeoutActions.Fail));
        await gate.ApproveAsync(bob, digest, "sre");

        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task Decisions_go_when_their_workflow_has_gone()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        Person alice = await gate.PersonAsync("alice", "sre");
        (await alice.DecideAsync("gone", "gate", $"sha256:{new string('0', 64)}", ApprovalDecisions.Approve)).ShouldBe("");

        await ns.UntilNoneAsync<Approval>("although no Workflow has their name");
    }

    internal static (string Status, string Reason) Condition(Workflow workflow, string type) =>
        workflow.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type) is { } found ? (found.Status, found.Reason ?? "") : ("", "");
}
