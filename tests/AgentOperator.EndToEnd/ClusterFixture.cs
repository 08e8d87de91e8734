using AgentOperator.EndToEnd;
using AgentOperator.Kube.Configuration;
using AgentOperator.Local;
using AgentOperator.Tooling;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AgentOperator.EndToEnd;

/// <summary>One local cluster with the custom resources for all tests; each test works in a namespace of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private LocalCluster? _cluster;

    public string KubeConfigPath => Cluster.KubeConfigPath;

    internal KubeConnection Connection => Cluster.Connection;

    internal Kubectl Kubectl { get; private set; } = null!;

    private LocalCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not been started.");

    public async ValueTask InitializeAsync()
    {
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { Name = $"e2e-{Environment.ProcessId}", ImagesFile = Repository.PathTo("examples", "images.json") },
            TestContext.Current.CancellationToken);
        Kubectl = new Kubectl(Path.Combine(_cluster.AssetsFolder, "kubectl"), _cluster.KubeConfigPath);
        await Kubectl.InstallAsync(TestContext.Current.CancellationToken);
    }

    internal OperatorProcess StartOperator(TestNamespace ns) =>
        OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}.log"), "--kubeconfig", KubeConfigPath, "--namespace", ns.Name, "--leader-elect=false");

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    internal async Task<TestNamespace> NamespaceAsync()
    {
        string name = $"t-{Guid.NewGuid():N}"[..12];
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", name);
        return new TestNamespace(name, Cluster.Connection, Kubectl);
    }

    /// <summary>An admission policy takes a moment until it is enforced: Jobs are tried until one is refused with its words.</summary>
    internal async Task UntilRefusedAsync(TestNamespace ns, string words)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        for (string error = ""; !error.Contains(words, StringComparison.Ordinal);)
        {
            (_, _, error) = await Kubectl.TryAsync(patience.Token, "create", "job", "probe", "--image=x", "--dry-run=server", "--namespace", ns.Name);
        }
    }
}
