using System.Text.RegularExpressions;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>SIGKILL again and again under load. What ran is counted by the workload itself: each container appends a line to a file before it does anything else.</summary>
[Trait("Cluster", "local")]
public sealed partial class KillTests
{
    private const string Namespace = "killed";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Killed_two_seconds_after_it_began_to_work_the_only_operator_loses_and_repeats_nothing()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        using CancellationTokenSource patience = Limited();
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        int lives = 0;
        while (!ended.IsCompleted)
        {
            await using OperatorProcess process = OperatorProcess.Start(LogOf($"{lives}"), "--kubeconfig", cluster.KubeConfigPath, "--leader-elect=false");
            await Task.WhenAny(ended, CountedWorkflows.LivedAsync(cluster, Life, patience.Token));
            await process.KillAsync();
            lives++;
        }

        await ended;
        lives.ShouldBeGreaterThan(2);
        await CountedWorkflows.ShouldHaveRunOnceAsync(cluster, ns);
    }

    [Fact]
    public async Task Killed_two_seconds_after_it_began_to_work_each_leader_is_followed_without_loss_or_repetition()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        using CancellationTokenSource patience = Limited();
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        List<OperatorProcess> replicas = [StartReplica(cluster, 0), StartReplica(cluster, 1)];
        int started = replicas.Count;
        string? killed = null;
        try
        {
            while (!ended.IsCompleted)
            {
                Task<string> next = LeaderAsync(ns, killed, patience.Token);
                if (await Task.WhenAny(ended, next) == ended)
                {
                    break;
                }

                await Task.WhenAny(ended, CountedWorkflows.LivedAsync(cluster, Life, patience.Token));
                killed = await next;
                OperatorProcess leader = await OfAsync(replicas, killed, patience.Token);
                await leader.KillAsync();
                await leader.DisposeAsync();
                replicas[replicas.IndexOf(leader)] = StartReplica(cluster, started++);
            }

            await ended;
        }
        finally
        {
            foreach (OperatorProcess replica in replicas)
            {
                await replica.KillAsync();
                await replica.DisposeAsync();
            }
        }

        started.ShouldBeGreaterThan(4);
        await CountedWorkflows.ShouldHaveRunOnceAsync(cluster, ns);
    }

    private static CancellationTokenSource Limited()
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Limits.LongPatience);
        return source;
    }

    private static Task<TestNamespace> PrepareAsync(InstalledCluster cluster) => CountedWorkflows.PrepareAsync(cluster, Namespace);

    private static async Task<string> LeaderAsync(TestNamespace ns, string? before, CancellationToken cancellation) => (await ns.UntilAsync<Lease>(
        "agent-operator",
        lease => lease.Spec?.HolderIdentity is { Length: > 0 } holder && holder != before && !cancellation.IsCancellationRequested,
        static lease => $"held by {lease.Spec?.HolderIdentity}")).Spec!.HolderIdentity!;

    private static async Task<OperatorProcess> OfAsync(IEnumerable<OperatorProcess> replicas, string identity, CancellationToken cancellation)
    {
        foreach (OperatorProcess replica in replicas)
        {
            if (Identity().Match(await replica.ReadLogAsync(cancellation)).Groups["identity"].Value == identity)
            {
                return replica;
            }
        }

        throw new InvalidOperationException($"No replica is {identity}.");
    }

    private static OperatorProcess StartReplica(InstalledCluster cluster, int number) => OperatorProcess.Start(
        LogOf($"replica-{number}"), "--kubeconfig", cluster.KubeConfigPath, "--lease-namespace", Namespace, "--lease-duration", "3");

    private static string LogOf(string name) => Repository.PathTo("artifacts", "test-results", "operator", $"{Namespace}-{name}.log");

    [GeneratedRegex("\"Message\":\"(?<identity>[^ ]+) waits for the lease", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Identity();
}
