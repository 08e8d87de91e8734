using AgentOperator.Api.Workflows;
using AgentOperator.Bench.ApiCalls;
using AgentOperator.Bench.Workloads;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Scale;

/// <summary>The largest graph that a workflow may have, from its creation until it has succeeded, beside the same Jobs in the same order without an engine.</summary>
internal static class DagBench
{
    private const int Steps = 500;
    private const int Width = 20;
    private const int Seed = 20260501;
    private const double BytesInKibibyte = 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(AuditedCluster cluster, int rounds, CancellationToken cancellation)
    {
        List<double> floor = [];
        List<double> seconds = [];
        List<double> calls = [];
        int largest = 0;
        for (int round = 1; round <= rounds; round++)
        {
            floor.Add(await FloorAsync(cluster, $"dag-floor-{round}", cancellation));
            string ns = $"dag-{round}";
            await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
            await Chains.CreateNamespaceAsync(cluster.Client, $"{ns}-warm", cancellation);
            await using OperatorProcess process = cluster.StartOperator(ns);
            await RunAsync(cluster, Dags.Of($"{ns}-warm", "warm", Steps / 5, Width, Seed), cancellation);
            (double time, int bytes) = await RunAsync(cluster, Dags.Of(ns, "dag", Steps, Width, Seed), cancellation);
            seconds.Add(time);
            largest = Math.Max(largest, bytes);
            calls.Add(ScaleBench.Calls(cluster, ns) / (double)Steps);
            Console.WriteLine(FormattableString.Invariant($"dag, round {round}: floor {floor[^1]:0.00} s, operator {time:0.00} s, {calls[^1]:0.00} calls a step"));
        }

        return
        [
            new Measurement("dag.500_steps_floor_s", ScaleBench.Median(floor), "s", null),
            new Measurement("dag.500_steps_s", ScaleBench.Median(seconds), "s", null),
            new Measurement("dag.500_steps.api_calls_per_step", ScaleBench.Median(calls), "calls", 2),
            new Measurement("status.500_steps_kib", largest / BytesInKibibyte, "KiB", 256),
        ];
    }

    private static async Task<double> FloorAsync(AuditedCluster cluster, string ns, CancellationToken cancellation)
    {
        await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
        Workflow dag = Dags.Of(ns, "dag", Steps, Width, Seed);

        // The uid is what the API server would have given; nothing of the workflow but its Jobs is written.
        dag = dag with { Metadata = dag.Metadata with { Uid = Guid.Empty.ToString(), Generation = 1 } };
        long started = TimeProvider.System.GetTimestamp();
        await BareDag.RunAsync(cluster.Client, dag, cancellation);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<(double Seconds, int LargestStatus)> RunAsync(AuditedCluster cluster, Workflow dag, CancellationToken cancellation)
    {
        await using RunWatcher watcher = await RunWatcher.StartAsync(cluster.Client, dag.Metadata.Namespace!, 1, cancellation);
        long started = TimeProvider.System.GetTimestamp();
        await cluster.Client.Resource<Workflow>(dag.Metadata.Namespace).CreateAsync(dag, cancellation);
        await watcher.All;
        return (TimeProvider.System.GetElapsedTime(started).TotalSeconds, watcher.LargestStatus());
    }
}
