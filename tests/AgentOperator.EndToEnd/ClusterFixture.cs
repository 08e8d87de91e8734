using AgentOperator.EndToEnd;
using AgentOperator.Kube.Configuration;
using AgentOperator.Local;
using AgentOperator.Testing;
using AgentOperator.Tooling;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AgentOperator.EndToEnd;

/// <summary>One cluster with the custom resources for all tests, each in a namespace of its own: a local one, or that of <c>TEST_KUBECONFIG</c>.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    /// <summary>Operators of single tests, as RbacTests have them.</summary>
    internal const string TestAccounts = "request.userInfo.username.endsWith(':partial')";

    private const string Label = "agentoperator.dev/e2e";

    private readonly string _run = $"{Environment.ProcessId}-{Guid.NewGuid():N}"[..16];
    private LocalCluster? _cluster;
    private ForeignCluster? _foreign;
    private KubeConnection? _connection;

    /// <summary>Of the operator: on a cluster elsewhere, the account of config/rbac.</summary>
    public string KubeConfigPath { get; private set; } = "";

    /// <summary>Of who runs the tests.</summary>
    public string AdminKubeConfigPath { get; private set; } = "";

    internal KubeConnection Connection => _connection ?? throw new InvalidOperationException("The cluster has not been started.");

    internal Kubectl Kubectl { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_KUBECONFIG") is { Length: > 0 } given)
        {
            _connection = KubeConfigLoader.Load(given);
            Kubectl = new Kubectl(Kubectl.FindOnPath(), given);
            AdminKubeConfigPath = given;
            _foreign = await ForeignCluster.PrepareAsync(Kubectl, _connection, TestContext.Current.CancellationToken);
            KubeConfigPath = _foreign.KubeConfigPath;
            return;
        }

        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { Name = $"e2e-{Environment.ProcessId}", ImagesFile = Repository.PathTo("examples", "images.json") },
            TestContext.Current.CancellationToken);
        _connection = _cluster.Connection;
        KubeConfigPath = AdminKubeConfigPath = _cluster.KubeConfigPath;
        Kubectl = new Kubectl(Path.Combine(_cluster.AssetsFolder, "kubectl"), _cluster.KubeConfigPath);
        await Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await Kubectl.InstallPoliciesAsync(TestAccounts, TestContext.Current.CancellationToken);
    }

    internal OperatorProcess StartOperator(TestNamespace ns) =>
        OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}.log"), "--kubeconfig", KubeConfigPath, "--namespace", ns.Name, "--leader-elect=false");

    /// <summary>An operator with the channel, at home in the test's namespace; its spans and those of pods go to the collector, where there is one.</summary>
    /// <param name="ns">Where it works, unless the arguments name namespaces.</param>
    /// <param name="collector">Of traces; null for none.</param>
    /// <param name="life">Distinguishes the logs of operators that follow each other.</param>
    /// <param name="arguments">Further arguments.</param>
    internal OperatorProcess StartOperatorWithChannel(TestNamespace ns, Agents.OtlpCollector? collector = null, int life = 0, params string[] arguments)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        List<string> all = ["--kubeconfig", KubeConfigPath, .. arguments.Contains("--namespace") ? (string[])[] : ["--namespace", ns.Name], "--lease-namespace", ns.Name, "--leader-elect=false", "--channel-bind-address", "127.0.0.1:0", .. arguments];
        if (collector is not null)
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.HttpAddress;
            all.AddRange(["--agent-otlp-endpoint", collector.GrpcAddress]);
        }

        return OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}-{life}.log"), environment, [.. all]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
        else if (_foreign is not null)
        {
            await _foreign.DisposeAsync();
            await Kubectl.RunAsync(CancellationToken.None, "delete", "namespace", "--selector", $"{Label}={_run}", "--wait=false");
        }
    }

    internal async Task<TestNamespace> NamespaceAsync()
    {
        string name = $"t-{Guid.NewGuid():N}"[..12];
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", name);
        await Kubectl.RunAsync(TestContext.Current.CancellationToken, "label", "namespace", name, $"{Label}={_run}");
        return new TestNamespace(name, Connection, Kubectl);
    }

    /// <summary>An admission policy takes a moment until it is enforced: Jobs are tried until one is refused with its words.</summary>
    internal async Task UntilRefusedAsync(TestNamespace ns, string words)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        for (string error = ""; !error.Contains(words, StringComparison.Ordinal);)
        {
            (_, _, error) = await Kubectl.TryAsync(patience.Token, "create", "job", "probe", "--image=x", "--dry-run=server", "--namespace", ns.Name);
        }
    }
}
