using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Tooling;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Bench.Throughput;

/// <summary>The operator as a process of its own, seen from outside by a watch.</summary>
internal static class OperatorRound
{
    public static async Task<double> RunAsync(KubeClient client, string kubeConfig, string ns, CancellationToken cancellation)
    {
        ObjectStore<Workflow> workflows = new();
        Reflector<Workflow> reflector = new(new ApiObjectSource<Workflow>(client.Resource<Workflow>(ns)), workflows, TimeProvider.System, new Random(), NullLogger<Reflector<Workflow>>.Instance);
        EndCounter? counter = null;
        workflows.Subscribe((before, after) =>
        {
            if (after?.Status?.Phase == WorkflowPhases.Succeeded && before?.Status?.Phase != WorkflowPhases.Succeeded)
            {
                counter!.Count();
            }
        });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reflecting = reflector.RunAsync(stop.Token);
        await reflector.Synced;
        counter = new EndCounter(workflows.Count);
        string log = Repository.PathTo("artifacts", "bench", $"{ns}.log");
        await using OperatorProcess process = OperatorProcess.Start(log, "--kubeconfig", kubeConfig, "--namespace", ns, "--leader-elect=false", "--workers", ThroughputBench.InFlight.ToString(CultureInfo.InvariantCulture));
        if (await Task.WhenAny(counter.All, process.Ended) != counter.All)
        {
            throw new ToolException($"The operator ended by itself; its log is {log}.");
        }

        await stop.CancelAsync();
        await reflecting;
        return counter.PerSecond;
    }
}
