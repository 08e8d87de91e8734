using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Bench.Throughput;

/// <summary>Fills the cluster with what a round works on.</summary>
internal static class BenchCluster
{
    /// <summary>One-step workflows in a namespace of their own.</summary>
    public static async Task PrepareAsync(KubeClient client, string ns, int count, CancellationToken cancellation)
    {
        await client.Resource<Namespace>().CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = ns } }, cancellation);
        ResourceClient<Workflow> workflows = client.Resource<Workflow>(ns);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = ThroughputBench.InFlight, CancellationToken = cancellation },
            async (i, token) => await workflows.CreateAsync(
                new Workflow
                {
                    Metadata = new ObjectMeta { Name = $"w{i}", Namespace = ns },
                    Spec = new WorkflowSpec { Steps = [new WorkflowStep { Name = "only", Container = new ContainerStep { Image = "simulated", Command = ["true"] } }] },
                },
                token));
    }
}
