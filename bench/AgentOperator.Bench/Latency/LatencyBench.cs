using System.Globalization;
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
    private const int Workflows = 40;
    private const int WarmUp = 5;
    private const int Steps = 6;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        await Chains.CreateNamespaceAsync(client, Namespace, cancellation);
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "bench", "latency.log"), "--kubeconfig", cluster.KubeConfigPath, "--namespace", Namespace, "--leader-elect=false");
        for (int i = 0; i < WarmUp; i++)
        {
            await Chains.RunAsync(client, Chains.Of(Namespace, $"warm{i}", Steps), cancellation);
        }

        ResourceClient<Job> jobs = client.Resource<Job>(Namespace);
        GapWatcher watcher = new(jobs, (await jobs.ListAsync(new ListOptions(), cancellation)).Metadata.ResourceVersion!);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task watching = watcher.RunAsync(stop.Token);
        for (int i = 0; i < Workflows; i++)
        {
            watcher.Forget();
            await Chains.RunAsync(client, Chains.Of(Namespace, string.Create(CultureInfo.InvariantCulture, $"w{i}"), Steps), cancellation);
        }

        await stop.CancelAsync();
        await watching;
        double[] gaps = [.. watcher.Gaps.Order()];
        return gaps.Length >= Workflows * (Steps - 1) * 9 / 10
            ?
            [
                new Measurement("latency.step_to_step.p50_ms", At(gaps, 0.50), "ms", 10),
                new Measurement("latency.step_to_step.p99_ms", At(gaps, 0.99), "ms", 50),
            ]
            : throw new InvalidOperationException($"Only {gaps.Length} gaps were seen.");
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
