using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>Two operators at once: one works, the other waits with filled caches.</summary>
public sealed class LeaderElectionTests(ClusterFixture cluster)
{
    private const string Step = """
          - { name: a, container: { image: "agent-operator/samples:0.1", command: ["true"] } }
        """;

    [Fact]
    public async Task A_leader_that_is_killed_is_followed_by_the_other()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess first = Start(ns, "first");
        string leader = await LeaderAsync(ns, static _ => true);
        await using OperatorProcess second = Start(ns, "second");
        await ns.ApplyAsync(Yaml("before"));
        (await ns.UntilEndedAsync("before")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);

        await first.KillAsync();

        await LeaderAsync(ns, candidate => candidate != leader);
        await ns.ApplyAsync(Yaml("after"));
        (await ns.UntilEndedAsync("after")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_leader_that_is_stopped_for_longer_than_its_lease_writes_nothing_and_ends_with_an_error()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess first = Start(ns, "first");
        string leader = await LeaderAsync(ns, static _ => true);

        // The Lease is written before the process knows that it leads; work shows that it does.
        await ns.ApplyAsync(Yaml("before"));
        await ns.UntilEndedAsync("before");
        first.Signal(Signal.Stop);
        await using OperatorProcess second = Start(ns, "second");
        await LeaderAsync(ns, candidate => candidate != leader);

        first.Signal(Signal.Continue);
        (await first.ExitCodeAsync()).ShouldBe(1);

        await ns.ApplyAsync(Yaml("after"));
        (await ns.UntilEndedAsync("after")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_leader_that_is_told_to_stop_gives_the_lease_up()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = Start(ns, "first");
        await LeaderAsync(ns, static _ => true);

        (await process.StopAsync()).ShouldBe(0);

        Lease lease = await ns.Client.Resource<Lease>(ns.Name).GetAsync($"agent-operator-{ns.Name}", TestContext.Current.CancellationToken);
        lease.Spec!.HolderIdentity.ShouldBe("");
    }

    private static string Yaml(string name) =>
        $"apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: {{ name: {name} }}\nspec:\n  steps:\n{Step}\n";

    private static async Task<string> LeaderAsync(TestNamespace ns, Func<string, bool> isWanted) =>
        (await ns.UntilAsync<Lease>(
            $"agent-operator-{ns.Name}",
            lease => lease.Spec?.HolderIdentity is { Length: > 0 } holder && isWanted(holder),
            static lease => $"held by {lease.Spec?.HolderIdentity}")).Spec!.HolderIdentity!;

    private OperatorProcess Start(TestNamespace ns, string name) => OperatorProcess.Start(
        Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}-{name}.log"),
        "--kubeconfig", cluster.AdminKubeConfigPath, "--namespace", ns.Name, "--lease-namespace", ns.Name, "--lease-duration", "3");
}
