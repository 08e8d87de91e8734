using AgentOperator.Controllers.Sharding;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Testing;

namespace AgentOperator.EndToEnd.Scaling;

/// <summary>Replicas that share the work, while some of them are killed, join, or leave. What ran is counted by the workload itself.</summary>
[Trait("Cluster", "local")]
public sealed class ShardingTests
{
    private const string Namespace = "shared";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_replicas_that_are_killed_and_joined_lose_and_repeat_nothing()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await CountedWorkflows.PrepareAsync(cluster, Namespace);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Limits.LongPatience);
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        await using Replicas replicas = new(cluster, Namespace, 3);
        int turn = 0;
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, Task.Delay(Life, TimeProvider.System, patience.Token));
            switch (turn++ % 3)
            {
                case 0:
                    await replicas.KillAsync(0);
                    break;
                case 1:
                    replicas.Start();
                    break;
                default:
                    await replicas.StopAsync(0);
                    replicas.Start();
                    break;
            }
        }

        await ended;
        turn.ShouldBeGreaterThan(2);
        await CountedWorkflows.ShouldHaveRunOnceAsync(cluster, ns);
    }

    [Fact]
    public async Task Replicas_have_equal_parts_which_the_map_shows_and_leave_no_lease_behind()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.InstallAsync(Stop);
        await cluster.Kubectl.RunAsync(Stop, "create", "namespace", Namespace);
        using TestNamespace ns = new(Namespace, cluster.Connection, cluster.Kubectl);
        await using (Replicas replicas = new(cluster, Namespace, 3))
        {
            await UntilPartsAsync(ns, 85, 85, 86);
            await replicas.StopAsync(0);
            await UntilPartsAsync(ns, 128, 128);
        }

        await UntilPartsAsync(ns);
        KubeList<Lease> left = await ns.Client.Resource<Lease>(Namespace).ListAsync(new ListOptions(), Stop);
        left.Items.Single().Metadata.Name.ShouldBe("agent-operator-shards");
    }

    private static Task<Lease> UntilPartsAsync(TestNamespace ns, params int[] parts) => ns.UntilAsync<Lease>(
        "agent-operator-shards",
        lease => PartsOf(lease).SequenceEqual(parts),
        static lease => string.Join(", ", PartsOf(lease)));

    private static IEnumerable<int> PartsOf(Lease lease) => ShardMap.Read(lease).Table().Where(static owner => owner is not null).GroupBy(static owner => owner, StringComparer.Ordinal).Select(static slots => slots.Count()).Order();
}
