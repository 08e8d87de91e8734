using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Local;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Latency;

/// <summary>How long the next step waits for the operator when nothing else is going on.</summary>
internal static class LatencyBench
{
    private const string Namespace = "latency";
    private const string Bare = "latency-floor";
    private const int Workflows = 40;
    private const int WarmUp = 5;
    private const int Steps = 6;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        await Chains.CreateNamespaceAsync(client, Bare, cancellation);
        double[] floor;
        await using (JobEnds ends = await JobEnds.StartAsync(client, Bare, cancellation))
        {
            floor = await GapsAsync(client, Bare, async chain => await BareRun.RunAsync(client, await client.Resource<Workflow>(Bare).CreateAsync(chain, cancellation), ends, cancellation), cancellation);
        }

        await Chains.CreateNamespaceAsync(client, Namespace, cancellation);
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "bench", "latency.log"), "--kubeconfig", cluster.KubeConfigPath, "--namespace", Namespace, "--leader-elect=false");
        double[] gaps = await GapsAsync(client, Namespace, chain => Chains.RunAsync(client, chain, cancellation), cancellation);
        return
        [
            new Measurement("latency.step_to_step.floor_p50_ms", At(floor, 0.50), "ms", null),
            new Measurement("latency.step_to_step.p50_ms", At(gaps, 0.50), "ms", 10),
            new Measurement("latency.step_to_step.floor_p99_ms", At(floor, 0.99), "ms", null),
            new Measurement("latency.step_to_step.p99_ms", At(gaps, 0.99), "ms", 50),
        ];
    }

    /// <summary>Sorted. The two kinds of run are watched the same way.</summary>
    private static async Task<double[]> GapsAsync(KubeClient client, string ns, Func<Workflow, Task> run, CancellationToken cancellation)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            await run(Chains.Of(ns, string.Create(CultureInfo.InvariantCulture, $"warm{i}"), Steps));
        }

        ResourceClient<Job> jobs = client.Resource<Job>(ns);
        GapWatcher watcher = new(jobs, (await jobs.ListAsync(new ListOptions(), cancellation)).Metadata.ResourceVersion!);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task watching = watcher.RunAsync(stop.Token);
        for (int i = 0; i < Workflows; i++)
        {
            watcher.Forget();
            await run(Chains.Of(ns, string.Create(CultureInfo.InvariantCulture, $"w{i}"), Steps));
        }

        await stop.CancelAsync();
        await watching;
        double[] gaps = [.. watcher.Gaps.Order()];
        return gaps.Length >= Workflows * (Steps - 1) * 9 / 10 ? gaps : throw new InvalidOperationException($"Only {gaps.Length} gaps were seen.");
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
