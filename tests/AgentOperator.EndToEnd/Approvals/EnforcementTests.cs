using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>Without somebody who vouches for who decides, a gate stays shut; and what was forged in the meantime never counts.</summary>
[Trait("Cluster", "local")]
public sealed class EnforcementTests
{
    private static readonly string[] Groups = ["sre"];

    [Fact]
    public async Task A_policy_that_was_removed_and_put_back_lets_nothing_forged_through()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "team");
        using TestNamespace ns = new("team", cluster.Connection, cluster.Kubectl);
        Gate gate = new(ns, cluster.Kubectl);
        (Person alice, Person bob, Person mallory) = (await gate.PersonAsync("alice", Groups), await gate.PersonAsync("bob", Groups), await gate.PersonAsync("mallory"));
        await using OperatorProcess process = Start(cluster, "removed");

        // Nothing is installed: nothing is asked, and the condition says what to do.
        await ns.ApplyAsync(GateYaml.Deploy());
        Workflow shut = await gate.UntilAsync(static step => step.Gate?.Problem is not null);
        gate.Of(shut)!.Gate!.Digest.ShouldBeNull();
        gate.Of(shut)!.Gate!.Problem.ShouldBe("ValidatingAdmissionPolicy agentoperator-approvals is not installed: kubectl apply --server-side -k config/admission");
        GateTests.Condition(shut, ConditionTypes.ApprovalsEnforced).ShouldBe(("False", "NotEnforced"));

        await cluster.Kubectl.InstallPoliciesAsync(null, TestContext.Current.CancellationToken);
        await NudgedUntilAsync(cluster, gate, static step => step.Gate?.Digest is not null);
        string digest = await gate.DigestAsync();
        await gate.ApproveAsync(alice, digest, Groups);
        await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");

        // The policy goes; mallory approves as bob; the policy comes back.
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "validatingadmissionpolicybinding", "agentoperator-approvals");
        await ForgedAsync(mallory, digest);
        await cluster.Kubectl.InstallPoliciesAsync(null, TestContext.Current.CancellationToken);
        await NudgedUntilAsync(cluster, gate, static step => step.Gate is { Problem: null, Progress: "0/2", Ignored.Count: 2 });

        await gate.ApproveAsync(alice, digest, Groups);
        await gate.ApproveAsync(bob, digest, Groups);
        Workflow ended = await ns.UntilEndedAsync("deploy");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps!.Single(static step => step.Name == "approve-production").Gate!.ApprovedBy!.ShouldBe(["alice", "bob"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_operator_that_is_told_so_asks_for_no_proof()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "team");
        using TestNamespace ns = new("team", cluster.Connection, cluster.Kubectl);
        Gate gate = new(ns, cluster.Kubectl);
        (Person alice, Person bob) = (await gate.PersonAsync("alice", Groups), await gate.PersonAsync("bob", Groups));
        await using OperatorProcess process = Start(cluster, "unverified", "--allow-unverified-approvals");
        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        string digest = await gate.DigestAsync();

        await gate.ApproveAsync(alice, digest, Groups);
        Workflow half = await gate.UntilAsync(static step => step.Gate?.Progress == "1/2");
        gate.Of(half)!.Gate!.SelfApprovalCheck.ShouldBe(SelfApprovalChecks.Unknown, "nobody has collected the authors");
        await gate.ApproveAsync(bob, digest, Groups);

        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    /// <summary>A policy that has gone takes a moment until it is not enforced.</summary>
    private static async Task ForgedAsync(Person mallory, string digest)
    {
        while ((await mallory.CreateAsync(Person.Yaml("deploy", "approve-production", digest, ApprovalDecisions.Approve, "bob", Groups))).Length > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The operator looks once a minute; a change of the object makes it look now.</summary>
    private static async Task NudgedUntilAsync(InstalledCluster cluster, Gate gate, Func<StepStatus, bool> holds)
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task nudging = NudgeAsync(cluster, done.Token);
        await gate.UntilAsync(holds);
        await done.CancelAsync();
        await nudging.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static async Task NudgeAsync(InstalledCluster cluster, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
        for (int i = 0; await timer.WaitForNextTickAsync(cancellation); i++)
        {
            await cluster.Kubectl.RunAsync(cancellation, "annotate", "--overwrite", "awf", "deploy", $"example.com/look={i}", "--namespace", "team");
        }
    }

    private static OperatorProcess Start(InstalledCluster cluster, string name, params string[] arguments) => OperatorProcess.Start(
        Repository.PathTo("artifacts", "test-results", "operator", $"approvals-{name}.log"), ["--kubeconfig", cluster.KubeConfigPath, "--namespace", "team", "--leader-elect=false", .. arguments]);
}
