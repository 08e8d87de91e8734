using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>Every door through which a decision could be forged, tried by those who have the key to the room: nobody passes.</summary>
public sealed class ForgeryTests(ClusterFixture cluster)
{
    private const string Policy = "ValidatingAdmissionPolicy 'agentoperator-approvals'";
    private const string OperatorOnly = "ValidatingAdmissionPolicy 'agentoperator-operator-only'";

    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Fact]
    public async Task A_person_decides_in_his_own_name_and_for_groups_that_he_is_in()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Person alice = await new Person(cluster.Kubectl, ns.Name, "alice", "sre").WithRoleAsync("cluster-admin");
        await EnforcedAsync(alice);

        (await alice.CreateAsync(Person.Yaml("w", "gate", Digest, "Approve", "bob"))).ShouldContain($"{Policy} with binding 'agentoperator-approvals' denied request: spec.user is bob, and the API server knows you as alice");
        (await alice.CreateAsync(Person.Yaml("w", "gate", Digest, "Approve", "alice", "sre", "finance"))).ShouldContain("you are not in finance");
        (await alice.DecideAsync("w", "gate", Digest, "Approve", "sre")).ShouldBe("");

        Approval made = (await ns.Client.Resource<Approval>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.ShouldHaveSingleItem();
        made.Spec.User.ShouldBe("alice");
        made.Spec.Groups.ShouldBe(["sre"]);
    }

    [Fact]
    public async Task A_decision_is_neither_changed_nor_deleted_and_goes_with_its_namespace()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Person alice = await new Person(cluster.Kubectl, ns.Name, "alice", "system:masters").WithRoleAsync("cluster-admin");
        await EnforcedAsync(alice);
        (await alice.DecideAsync("w", "gate", Digest, "Reject")).ShouldBe("");
        string name = (await ns.Client.Resource<Approval>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items[0].Metadata.Name!;

        (await alice.TryAsync("patch", "apr", name, "--type=merge", "-p", """{"spec":{"decision":"Approve"}}""")).Error.ShouldContain("a decision stays as it was made");
        (await alice.TryAsync("delete", "apr", name)).Error.ShouldContain($"{Policy} with binding 'agentoperator-approvals' denied request: decisions are kept");
        (await alice.TryAsync("delete", "apr", "--all")).Error.ShouldContain("decisions are kept");
        (await alice.TryAsync("patch", "apr", name, "--type=merge", "-p", """{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"none","uid":"none"}]}}""")).Error
            .ShouldContain("an Approval has no owner, with which it could be deleted");
        (await alice.TryAsync("label", "apr", name, "seen=yes")).Code.ShouldBe(0, "metadata may change");

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "namespace", ns.Name, "--timeout=60s");
    }

    [Fact]
    public async Task A_service_account_decides_in_its_own_name_only()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        string name = $"system:serviceaccount:{ns.Name}:robot";
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac"));
        Person robot = await new Person(cluster.Kubectl, ns.Name, name, "system:serviceaccounts").WithRoleAsync("agentoperator-approver");
        await EnforcedAsync(robot);

        (await robot.CreateAsync(Person.Yaml("w", "gate", Digest, "Approve", "alice"))).ShouldContain("nobody decides in the name of another");
        (await robot.DecideAsync("w", "gate", Digest, "Approve")).ShouldBe("");
        (await robot.TryAsync("delete", "apr", "--all")).Error.ShouldContain("cannot delete resource \"approvals\"");
    }

    [Theory]
    [InlineData("agentoperator-edit")]
    [InlineData("agentoperator-admin")]
    public async Task Who_may_change_workflows_decides_nothing_by_that(string role)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac"));
        Person dev = await new Person(cluster.Kubectl, ns.Name, "dev").WithRoleAsync(role);

        (await dev.DecideAsync("w", "gate", Digest, "Approve")).ShouldContain("User \"dev\" cannot create resource \"approvals\"");
    }

    [Fact]
    public async Task Nobody_but_the_operator_writes_a_status_or_objects_with_its_labels()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Person alice = await new Person(cluster.Kubectl, ns.Name, "alice", "system:masters").WithRoleAsync("cluster-admin");
        await EnforcedAsync(alice);
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: w }
            spec: { steps: [{ name: gate, approval: { approvers: { users: [bob] } } }] }
            """);

        (await alice.TryAsync("patch", "awf", "w", "--subresource=status", "--type=merge", "-p", """{"status":{"phase":"Succeeded"}}""")).Error
            .ShouldContain($"{OperatorOnly} with binding 'agentoperator-operator-only' denied request: status is written by the operator alone, and you are alice");
        (await alice.CreateAsync(Labelled("batch/v1", "Job", """spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: x }] } } }"""))).ShouldContain(OperatorOnly);
        (await alice.CreateAsync(Labelled("v1", "ConfigMap", "data: { a: b }"))).ShouldContain("the labels agentoperator.dev/workflow belong to objects of the operator");
        (await alice.CreateAsync(Labelled("v1", "Pod", "spec: { containers: [{ name: main, image: x }] }"))).ShouldContain(OperatorOnly);
        (await alice.CreateAsync(Labelled("apps/v1", "ControllerRevision", "data: { a: b }\nrevision: 1"))).ShouldContain(OperatorOnly);
        (await alice.CreateAsync(Labelled("agentoperator.dev/v1alpha1", "Workflow", "spec: { steps: [{ name: a, wait: { duration: 1s } }] }"))).ShouldContain(OperatorOnly);
        (await alice.TryAsync("label", "awf", "w", "agentoperator.dev/parent=x")).Error.ShouldContain(OperatorOnly);
        (await alice.TryAsync("annotate", "awf", "w", "agentoperator.dev/cancel=1/Graceful")).Code.ShouldBe(0, "who may change a Workflow may steer it");
        (await alice.TryAsync("create", "configmap", "plain")).Code.ShouldBe(0);
        (await alice.TryAsync("label", "configmap", "plain", "agentoperator.dev/run=1")).Error.ShouldContain(OperatorOnly);
    }

    [Fact]
    public async Task A_result_that_only_names_its_job_as_the_owner_is_not_believed()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Person alice = await new Person(cluster.Kubectl, ns.Name, "alice").WithRoleAsync("cluster-admin");
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: w }
            spec: { steps: [{ name: check, outputs: [{ name: verdict }], container: { image: "agent-operator/samples:0.1", command: [sleep, "5"] } }] }
            """);
        Workflow running = await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0] is { Phase: StepPhases.Running, Job: not null });
        string job = running.Status!.Steps![0].Job!;
        string uid = (await ns.Client.Resource<Job>(ns.Name).GetAsync(job, TestContext.Current.CancellationToken)).Metadata.Uid!;

        (await alice.CreateAsync($$"""
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: {{job}}-result, ownerReferences: [{ apiVersion: batch/v1, kind: Job, name: {{job}}, uid: "{{uid}}", controller: true }] }
            data: { result: '{"verdict":"good"}' }
            """)).ShouldBe("");

        Workflow ended = await ns.UntilEndedAsync("w");
        (ended.Status!.Phase, ended.Status.Steps![0].Reason).ShouldBe((WorkflowPhases.Failed, "BadOutput"));
    }

    [Fact]
    public async Task What_a_user_writes_into_the_stamp_of_authors_is_undone()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Person alice = await new Person(cluster.Kubectl, ns.Name, "alice").WithRoleAsync("cluster-admin");
        Person bob = await new Person(cluster.Kubectl, ns.Name, "bob").WithRoleAsync("cluster-admin");
        const string Yaml = """
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: w, annotations: { agentoperator.dev/authors: zoe } }
            spec: { steps: [{ name: gate, approval: { approvers: { users: [bob] } } }] }
            """;

        (await alice.CreateAsync(Yaml)).ShouldBe("");
        (await StampAsync(ns)).ShouldBe("alice");
        (await bob.TryAsync("annotate", "--overwrite", "awf", "w", "agentoperator.dev/authors=zoe")).Code.ShouldBe(0);
        (await StampAsync(ns)).ShouldBe("alice");
        (await bob.TryAsync("annotate", "awf", "w", "agentoperator.dev/authors-")).Code.ShouldBe(0);
        (await StampAsync(ns)).ShouldBe("alice");
        (await bob.TryAsync("patch", "awf", "w", "--type=merge", "-p", """{"spec":{"suspend":true}}""")).Code.ShouldBe(0);
        (await StampAsync(ns)).ShouldBe("alice", "a pause changes nothing that a run executes");
        (await bob.TryAsync("patch", "awf", "w", "--type=merge", "-p", """{"spec":{"runToken":"2"}}""")).Code.ShouldBe(0);
        (await StampAsync(ns)).ShouldBe("alice\nbob");
    }

    private async Task<string> StampAsync(TestNamespace ns) => (await cluster.Kubectl.RunAsync(
        TestContext.Current.CancellationToken, "get", "awf", "w", "--namespace", ns.Name, "-o", @"jsonpath={.metadata.annotations.agentoperator\.dev/authors}")).Trim();

    /// <summary>A policy takes a moment until it is enforced.</summary>
    private static async Task EnforcedAsync(Person person)
    {
        for (string error = ""; !error.Contains(Policy, StringComparison.Ordinal);)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            error = await person.CreateAsync(Person.Yaml("w", "gate", Digest, "Approve", "somebody-else"));
        }
    }

    private static string Labelled(string apiVersion, string kind, string rest) => $$"""
        apiVersion: {{apiVersion}}
        kind: {{kind}}
        metadata: { name: forged, labels: { agentoperator.dev/workflow: w } }
        {{rest}}
        """;
}
