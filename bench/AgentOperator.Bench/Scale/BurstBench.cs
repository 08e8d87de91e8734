using AgentOperator.Api.Workflows;
using AgentOperator.Bench.ApiCalls;
using AgentOperator.Bench.Throughput;
using AgentOperator.Bench.Workloads;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Scale;

/// <summary>A thousand workflows created at once, until the last has succeeded, beside a bare client that makes the same writes.</summary>
internal static class BurstBench
{
    private const int Workflows = 1000;
    private const int Steps = 3;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(AuditedCluster cluster, int rounds, CancellationToken cancellation)
    {
        List<double> floor = [];
        List<double> seconds = [];
        List<double> calls = [];
        for (int round = 1; round <= rounds; round++)
        {
            floor.Add(await FloorAsync(cluster, $"burst-floor-{round}", cancellation));
            string ns = $"burst-{round}";
            seconds.Add(await OperatorAsync(cluster, ns, cancellation));
            calls.Add(ScaleBench.Calls(cluster, ns) / (double)Workflows);
            Console.WriteLine(FormattableString.Invariant($"burst, round {round}: floor {floor[^1]:0.0} s, operator {seconds[^1]:0.0} s, {calls[^1]:0.00} calls a workflow"));
        }

        return
        [
            new Measurement("burst.1000_workflows_floor_s", ScaleBench.Median(floor), "s", null),
            new Measurement("burst.1000_workflows_s", ScaleBench.Median(seconds), "s", null),
            new Measurement("burst.ratio_to_floor", ScaleBench.Median(floor) / ScaleBench.Median(seconds), "ratio", 0.7),
            new Measurement("burst.1000_workflows.api_calls_per_workflow", ScaleBench.Median(calls), "calls", (2 * Steps) + 1),
        ];
    }

    private static async Task<double> FloorAsync(AuditedCluster cluster, string ns, CancellationToken cancellation)
    {
        await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
        await using JobEnds ends = await JobEnds.StartAsync(cluster.Client, ns, cancellation);
        long started = TimeProvider.System.GetTimestamp();
        await AllAsync(cluster, ns, (workflow, token) => BareRun.RunAsync(cluster.Client, workflow, ends, token), cancellation);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> OperatorAsync(AuditedCluster cluster, string ns, CancellationToken cancellation)
    {
        await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
        await Chains.CreateNamespaceAsync(cluster.Client, $"{ns}-warm", cancellation);
        await using OperatorProcess process = cluster.StartOperator(ns);
        await Chains.RunAsync(cluster.Client, Chains.Of($"{ns}-warm", "warm", Steps), cancellation);
        await using RunWatcher watcher = await RunWatcher.StartAsync(cluster.Client, ns, Workflows, cancellation);
        long started = TimeProvider.System.GetTimestamp();
        await AllAsync(cluster, ns, static (_, _) => Task.CompletedTask, cancellation);
        await watcher.All;
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static Task AllAsync(AuditedCluster cluster, string ns, Func<Workflow, CancellationToken, Task> then, CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, Workflows),
        new ParallelOptions { MaxDegreeOfParallelism = ThroughputBench.InFlight, CancellationToken = cancellation },
        async (i, token) => await then(await cluster.Client.Resource<Workflow>(ns).CreateAsync(Chains.Of(ns, $"w{i}", Steps), token), token));
}
