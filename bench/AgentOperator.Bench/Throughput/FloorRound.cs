using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;

namespace AgentOperator.Bench.Throughput;

/// <summary>The floor: status apply, Job create, wait for its end, status apply.</summary>
internal static class FloorRound
{
    public static async Task<double> RunAsync(KubeClient client, string ns, CancellationToken cancellation)
    {
        KubeList<Workflow> workflows = await client.Resource<Workflow>(ns).ListAsync(new ListOptions(), cancellation);
        EndCounter counter = new(workflows.Items.Count);
        await using JobEnds ends = await JobEnds.StartAsync(client, ns, cancellation);
        await Parallel.ForEachAsync(
            workflows.Items,
            new ParallelOptions { MaxDegreeOfParallelism = ThroughputBench.InFlight, CancellationToken = cancellation },
            async (workflow, token) =>
            {
                await BareRun.RunAsync(client, workflow, ends, token);
                counter.Count();
            });
        return counter.PerSecond;
    }
}
