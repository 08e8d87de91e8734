using System.Globalization;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Local;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Memory;

/// <summary>Resident memory (VmRSS) of an operator that has had nothing to do for a minute: with nothing to watch, and with 10,000 finished workflows of five steps.</summary>
internal static class MemoryBench
{
    private const string Empty = "memory-empty";
    private const string Full = "memory-full";
    private const int Workflows = 10_000;
    private const int Steps = 5;
    private const double KibibytesInMebibyte = 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        await Chains.CreateNamespaceAsync(client, Empty, cancellation);
        await Chains.CreateNamespaceAsync(client, Full, cancellation);
        double idle = await ResidentAsync(cluster, Empty, cancellation);
        await FinishedWorkflows.SeedAsync(client, Full, Workflows, Steps, cancellation);
        return
        [
            new Measurement("memory.idle_mb", idle, "MiB", 80),
            new Measurement("memory.10k_workflows_mb", await ResidentAsync(cluster, Full, cancellation), "MiB", 250),
        ];
    }

    private static async Task<double> ResidentAsync(LocalCluster cluster, string ns, CancellationToken cancellation)
    {
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "bench", $"{ns}.log"), "--kubeconfig", cluster.KubeConfigPath, "--namespace", ns, "--leader-elect=false");
        await Task.Delay(Idle, TimeProvider.System, cancellation);
        string line = (await File.ReadAllLinesAsync($"/proc/{process.Id}/status", cancellation)).Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KibibytesInMebibyte;
    }
}
