using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Throughput;

/// <summary>The operator as a process of its own, seen from outside by a watch.</summary>
internal static class OperatorRound
{
    public static async Task<double> RunAsync(KubeClient client, string kubeConfig, string ns, CancellationToken cancellation)
    {
        EndCounter? counter = null;
        await using Followed<Workflow> workflows = await Followed<Workflow>.StartAsync(
            client,
            ns,
            (before, after) =>
            {
                if (after?.Status?.Phase == WorkflowPhases.Succeeded && before?.Status?.Phase != WorkflowPhases.Succeeded)
                {
                    counter!.Count();
                }
            },
            cancellation);
        counter = new EndCounter(workflows.Store.Count);
        string log = Repository.PathTo("artifacts", "bench", $"{ns}.log");
        await using OperatorProcess process = OperatorProcess.Start(log, "--kubeconfig", kubeConfig, "--namespace", ns, "--leader-elect=false", "--workers", ThroughputBench.InFlight.ToString(CultureInfo.InvariantCulture));
        if (await Task.WhenAny(counter.All, process.Ended) != counter.All)
        {
            throw new ToolException($"The operator ended by itself; its log is {log}.");
        }

        return counter.PerSecond;
    }
}
