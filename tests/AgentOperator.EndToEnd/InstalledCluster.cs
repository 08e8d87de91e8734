using System.Runtime.InteropServices;
using System.Text.Json;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local;
using AgentOperator.Tooling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd;

/// <summary>A cluster of one test: the operator may run in it as config/default installs it, from this build, and steps may count themselves.</summary>
internal sealed class InstalledCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly LocalCluster _cluster;

    private InstalledCluster(string folder, LocalCluster cluster)
    {
        _folder = folder;
        _cluster = cluster;
        Kubectl = new Kubectl(Path.Combine(cluster.AssetsFolder, "kubectl"), cluster.KubeConfigPath);
        Client = new KubeClient(cluster.Connection);
    }

    public Kubectl Kubectl { get; }

    public KubeClient Client { get; }

    public KubeConnection Connection => _cluster.Connection;

    /// <summary>The file <c>/count/ran</c> of containers of the image <c>agent-operator/counter</c>.</summary>
    public string CountFile => Path.Combine(_folder, "count", "ran");

    /// <summary>The API server's audit log, where there is one.</summary>
    public string AuditLog => AuditLogIn(_folder);

    public string KubeConfigPath => _cluster.KubeConfigPath;

    public Task RestartApiServerAsync(CancellationToken cancellation) => _cluster.RestartApiServerAsync(cancellation);

    /// <summary>A cluster in which nothing is installed.</summary>
    /// <param name="loggers">Where the cluster's parts log.</param>
    /// <param name="auditPolicy">What goes into the audit log; null for none.</param>
    public static async Task<InstalledCluster> EmptyAsync(ILoggerFactory? loggers = null, string? auditPolicy = null)
    {
        string folder = Directory.CreateTempSubdirectory("installed-").FullName;
        string images = Path.Combine(folder, "images.json");
        string examples = await File.ReadAllTextAsync(Repository.PathTo("examples", "images.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(images, Images(examples, Directory.CreateDirectory(Path.Combine(folder, "count")).FullName), TestContext.Current.CancellationToken);
        string? policy = auditPolicy is null ? null : Path.Combine(folder, "audit-policy.yaml");
        if (policy is not null)
        {
            await File.WriteAllTextAsync(policy, auditPolicy, TestContext.Current.CancellationToken);
        }

        LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                Name = $"install-{Guid.NewGuid():N}"[..16],
                ImagesFile = images,
                AuditPolicyFile = policy,
                AuditLogFile = policy is null ? null : AuditLogIn(folder),
                LoggerFactory = loggers ?? NullLoggerFactory.Instance,
            },
            TestContext.Current.CancellationToken);
        return new InstalledCluster(folder, cluster);
    }

    /// <summary>A cluster with config/default.</summary>
    public static async Task<InstalledCluster> StartAsync()
    {
        InstalledCluster cluster = await EmptyAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-k", Repository.PathTo("config", "default"));
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "rollout", "status", "deployment/agentoperator", "--namespace", "agentoperator-system", "--timeout=120s");
        return cluster;
    }

    public async Task<IReadOnlyList<Pod>> OperatorPodsAsync() =>
        (await Client.Resource<Pod>("agentoperator-system").ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items;

    private static string AuditLogIn(string folder) => Path.Combine(folder, "audit.log");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The map of the examples, with the operator's image in addition: pods do not see homes and /tmp, so what it needs is mounted.</summary>
    private static string Images(string examples, string count)
    {
        string runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string operatorImage = $$"""
            "agent-operator/operator:*": {
              "entrypoint": ["/opt/dotnet/dotnet", "/app/agent-operator.dll"],
              "env": { "DOTNET_ROOT": "/opt/dotnet", "DOTNET_EnableDiagnostics": "0" },
              "mounts": [
                { "source": {{JsonSerializer.Serialize(runtime)}}, "path": "/opt/dotnet", "readOnly": true },
                { "source": {{JsonSerializer.Serialize(Path.GetDirectoryName(OperatorProcess.Assembly))}}, "path": "/app", "readOnly": true }
              ]
            },
            "agent-operator/counter:*": { "mounts": [{ "source": {{JsonSerializer.Serialize(count)}}, "path": "/count", "readOnly": false }] },
            """;
        string sources = examples.Replace("\"..\"", JsonSerializer.Serialize(Repository.PathTo(".")), StringComparison.Ordinal);
        int start = sources.IndexOf('{', sources.IndexOf("\"images\"", StringComparison.Ordinal));
        return sources.Insert(start + 1, operatorImage);
    }
}
