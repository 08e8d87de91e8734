using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Local;
using AgentOperator.Tooling;
using Spectre.Console;

namespace AgentOperator.Demo;

/// <summary>The cluster of the demo: the user's own when KUBECONFIG names one, else a local one for as long as the demo runs.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private readonly LocalCluster? _local;

    private DemoCluster(LocalCluster? local, string kubeConfigPath, KubeConnection connection, string kubectl)
    {
        _local = local;
        KubeConfigPath = kubeConfigPath;
        Connection = connection;
        Kubectl = new Kubectl(kubectl, kubeConfigPath);
    }

    public string KubeConfigPath { get; }

    public KubeConnection Connection { get; }

    public Kubectl Kubectl { get; }

    public Plugin Plugin => new(Kubectl, KubeConfigPath, Connection.Namespace);

    /// <summary>Pods of a local cluster reach this machine; those of another one need not, and results then come through termination logs.</summary>
    public IReadOnlyList<string> OperatorOptions => _local is null ? ["--allow-unverified-approvals"] : ["--channel-bind-address", "127.0.0.1:0"];

    /// <summary>Only a cluster of the demo's own gets admission policies, which are for a cluster as a whole.</summary>
    public bool IsLocal => _local is not null;

    public static async Task<DemoCluster> OpenAsync(CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } given)
        {
            KubeConnection connection = KubeConfigLoader.Load(given);
            AnsiConsole.MarkupLineInterpolated($"[bold]▸[/] Using the cluster of KUBECONFIG: {connection.Server}");
            using KubeClient client = new(connection);
            if (!await client.IsReadyAsync(cancellation))
            {
                throw new ToolException($"the API server {connection.Server} does not say that it is ready: is the cluster up, and is KUBECONFIG right? Without KUBECONFIG the demo starts a local one.");
            }

            DemoCluster foreign = new(null, given, connection, Kubectl.FindOnPath());
            await InstalledOperator.RefuseAsync(foreign.Kubectl, cancellation);
            return foreign;
        }

        AnsiConsole.MarkupLine("[bold]▸[/] Starting a local Kubernetes API");
        LocalCluster local = await LocalCluster.StartAsync(
            new LocalClusterOptions { Name = "demo", ImagesFile = Repository.PathTo("examples", "images.json") },
            cancellation);
        Console.WriteLine($"  KUBECONFIG={local.KubeConfigPath}");
        return new DemoCluster(local, local.KubeConfigPath, local.Connection, Path.Combine(local.AssetsFolder, "kubectl"));
    }

    /// <summary>Completes with the task, unless the cluster or the operator fails before it.</summary>
    /// <exception cref="ToolException">One of them has; the message says which.</exception>
    public async Task FirstAsync(Task wanted, OperatorProcess process)
    {
        Task<LocalClusterException>? failed = _local?.FailedAsync();
        Task first = await Task.WhenAny([wanted, process.Ended, .. (Task[])(failed is null ? [] : [failed])]);
        if (first == failed)
        {
            throw new ToolException($"the local cluster failed: {(await failed!).Message}");
        }

        if (first != wanted)
        {
            throw new ToolException($"the operator ended by itself; its log is {process.LogFile}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }
    }
}
