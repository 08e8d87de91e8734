using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Local;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Startup;

/// <summary>From the start of the process to the first status that it writes, without election.</summary>
internal static class StartupBench
{
    private const int Rounds = 5;

    public static async Task<Measurement> RunAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        List<double> times = [];
        for (int round = 0; round < Rounds; round++)
        {
            string ns = $"startup-{round}";
            await Chains.CreateNamespaceAsync(client, ns, cancellation);
            ResourceClient<Workflow> workflows = client.Resource<Workflow>(ns);
            Workflow created = await workflows.CreateAsync(Chains.Of(ns, "waiting", 1), cancellation);
            IAsyncEnumerable<WatchEvent<Workflow>> changes = workflows.WatchAsync(new WatchOptions { ResourceVersion = created.Metadata.ResourceVersion! }, cancellation);
            long started = TimeProvider.System.GetTimestamp();
            await using OperatorProcess process = OperatorProcess.Start(
                Repository.PathTo("artifacts", "bench", $"{ns}.log"), "--kubeconfig", cluster.KubeConfigPath, "--namespace", ns, "--leader-elect=false");
            await foreach (WatchEvent<Workflow> change in changes)
            {
                if (change.Object?.Status?.Phase is not null)
                {
                    times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                    break;
                }
            }
        }

        return new Measurement("startup.first_reconcile_ms", times.Order().ElementAt(Rounds / 2), "ms", 2000);
    }
}
