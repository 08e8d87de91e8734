using System.Diagnostics;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local;

namespace AgentOperator.Bench.Throughput;

/// <summary>Fills the cluster with what a round works on.</summary>
internal static class BenchCluster
{
    public static async Task InstallAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        string crds = Path.Combine(FindUp("config"), "crd");
        await KubectlAsync(cluster, cancellation, "apply", "--server-side", "-f", crds);
        await KubectlAsync(cluster, cancellation, "wait", "--for=condition=Established", "--timeout=30s", "-f", crds);
    }

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

    private static async Task KubectlAsync(LocalCluster cluster, CancellationToken cancellation, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(cluster.AssetsFolder, "kubectl"));
        start.Environment["KUBECONFIG"] = cluster.KubeConfigPath;
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static string FindUp(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOperator.sln")))
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        throw new InvalidOperationException($"AgentOperator.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
