using AgentOperator.Bench.ApiCalls;

namespace AgentOperator.Bench.Scale;

/// <summary>Workflows as large, as long and as many as they may be, each beside what the same cluster does without an engine; the node takes a moment for each Job, as nodes do.</summary>
internal static class ScaleBench
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(int rounds, CancellationToken cancellation)
    {
        await using AuditedCluster cluster = await AuditedCluster.StartAsync("bench-scale", Delay, cancellation);
        return
        [
            .. await ChainBench.RunAsync(cluster, rounds, cancellation),
            .. await DagBench.RunAsync(cluster, rounds, cancellation),
            .. StatusBench.Run(),
            .. await BurstBench.RunAsync(cluster, rounds, cancellation),
            .. await ForEachBench.RunAsync(cluster, rounds, cancellation),
        ];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The operator's requests in a namespace, events aside.</summary>
    public static int Calls(AuditedCluster cluster, string ns) => cluster.Calls(ns).Where(static pair => !AuditedCluster.IsEvent(pair.Key)).Sum(static pair => pair.Value);
}
