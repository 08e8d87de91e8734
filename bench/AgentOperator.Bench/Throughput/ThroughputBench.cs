using AgentOperator.Kube;
using AgentOperator.Local;

namespace AgentOperator.Bench.Throughput;

/// <summary>One-step workflows a second: first a bare client that makes the same three writes, then the operator; in turns, against one API server and one simulated node.</summary>
internal static class ThroughputBench
{
    /// <summary>Share of a round that is left out: caches fill and code is compiled in it.</summary>
    public const double WarmUp = 0.25;

    public const int InFlight = 16;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(LocalCluster cluster, int count, int rounds, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        List<double> floor = [];
        List<double> steps = [];
        for (int round = 1; round <= rounds; round++)
        {
            await BenchCluster.PrepareAsync(client, $"floor-{round}", count, cancellation);
            floor.Add(await FloorRound.RunAsync(client, $"floor-{round}", cancellation));
            await BenchCluster.PrepareAsync(client, $"operator-{round}", count, cancellation);
            steps.Add(await OperatorRound.RunAsync(client, cluster.KubeConfigPath, $"operator-{round}", cancellation));
            Console.WriteLine(FormattableString.Invariant($"round {round}: floor {floor[^1]:0} steps/s, operator {steps[^1]:0} steps/s"));
        }

        return
        [
            new Measurement("throughput.floor_steps_per_s", Median(floor), "steps/s", null),
            new Measurement("throughput.steps_per_s", Median(steps), "steps/s", null),
            new Measurement("throughput.ratio_to_floor", Median(steps) / Median(floor), "ratio", 0.7),
        ];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
