using AgentOperator.Api.Workflows;
using AgentOperator.Bench.ApiCalls;
using AgentOperator.Bench.Latency;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Scale;

/// <summary>From the end of one step to the start of the next in a long chain, beside a bare client that makes the same two writes in between.</summary>
internal static class ChainBench
{
    private const int Steps = 100;
    private const int WarmUp = 10;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(AuditedCluster cluster, int rounds, CancellationToken cancellation)
    {
        List<double> floor = [];
        List<double> gaps = [];
        for (int round = 1; round <= rounds; round++)
        {
            string bare = $"chain-floor-{round}";
            await Chains.CreateNamespaceAsync(cluster.Client, bare, cancellation);
            await using (JobEnds ends = await JobEnds.StartAsync(cluster.Client, bare, cancellation))
            {
                floor.AddRange(await GapsAsync(cluster.Client, bare, async chain => await BareRun.RunAsync(cluster.Client, await cluster.Client.Resource<Workflow>(bare).CreateAsync(chain, cancellation), ends, cancellation), cancellation));
            }

            string ns = $"chain-{round}";
            await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
            await using OperatorProcess process = cluster.StartOperator(ns);
            gaps.AddRange(await GapsAsync(cluster.Client, ns, chain => Chains.RunAsync(cluster.Client, chain, cancellation), cancellation));
        }

        return
        [
            new Measurement("chain.100_steps.floor_ms_p50", ScaleBench.Median(floor), "ms", null),
            new Measurement("chain.100_steps.step_ms_p50", ScaleBench.Median(gaps), "ms", 10),
        ];
    }

    private static async Task<IReadOnlyList<double>> GapsAsync(KubeClient client, string ns, Func<Workflow, Task> run, CancellationToken cancellation)
    {
        await run(Chains.Of(ns, "warm", WarmUp));
        ResourceClient<Job> jobs = client.Resource<Job>(ns);
        GapWatcher watcher = new(jobs, (await jobs.ListAsync(new ListOptions(), cancellation)).Metadata.ResourceVersion!);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task watching = watcher.RunAsync(stop.Token);
        await run(Chains.Of(ns, "chain", Steps));
        await stop.CancelAsync();
        await watching;
        return watcher.Gaps.Count >= (Steps - 1) * 9 / 10 ? watcher.Gaps : throw new InvalidOperationException($"Only {watcher.Gaps.Count} gaps were seen.");
    }
}
