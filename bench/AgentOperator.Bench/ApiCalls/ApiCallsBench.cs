using AgentOperator.Bench.Workloads;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.ApiCalls;

/// <summary>Requests of the operator for one more step of a chain, from the API server's audit log: a long chain's less a short one's, so that what a run costs once is left out.</summary>
internal static class ApiCallsBench
{
    private const int Short = 5;
    private const int Long = 25;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellation)
    {
        await using AuditedCluster cluster = await AuditedCluster.StartAsync("bench-audit", TimeSpan.Zero, cancellation);
        await using (OperatorProcess process = cluster.StartOperator("calls"))
        {
            foreach (int steps in (int[])[Short, Long])
            {
                await Chains.CreateNamespaceAsync(cluster.Client, Namespace(steps), cancellation);
                await Chains.RunAsync(cluster.Client, Chains.Of(Namespace(steps), "chain", steps), cancellation);
            }

            await process.StopAsync();
        }

        Dictionary<string, int> few = cluster.Calls(Namespace(Short));
        Dictionary<string, int> many = cluster.Calls(Namespace(Long));
        foreach (string call in many.Keys.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"{call}: {few.GetValueOrDefault(call)} for {Short} steps, {many[call]} for {Long}");
        }

        return
        [
            new Measurement("api_calls.per_step", PerStep(few, many, static call => !AuditedCluster.IsEvent(call)), "calls", 2),
            new Measurement("api_calls.events_per_step", PerStep(few, many, AuditedCluster.IsEvent), "calls", null),
        ];
    }

    private static string Namespace(int steps) => $"calls-{steps}";

    private static double PerStep(Dictionary<string, int> few, Dictionary<string, int> many, Func<string, bool> counts)
    {
        double difference = many.Where(pair => counts(pair.Key)).Sum(static pair => pair.Value) - few.Where(pair => counts(pair.Key)).Sum(static pair => pair.Value);
        return difference / (Long - Short);
    }
}
