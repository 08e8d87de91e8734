using System.Diagnostics;
using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
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
        using Process process = Start(kubeConfig, ns);
        Task log = process.StandardError.ReadToEndAsync(cancellation);
        Task exited = process.WaitForExitAsync(cancellation);
        if (await Task.WhenAny(counter.All, exited) == exited)
        {
            throw new InvalidOperationException($"The operator ended with {process.ExitCode}.");
        }

        process.Kill();
        await exited;
        await log;
        await stop.CancelAsync();
        await reflecting;
        return counter.PerSecond;
    }

    private static Process Start(string kubeConfig, string ns)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "agent-operator.dll"));
        foreach (string argument in (string[])["--kubeconfig", kubeConfig, "--namespace", ns, "--workers", ThroughputBench.InFlight.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The operator could not be started.");
    }
}
