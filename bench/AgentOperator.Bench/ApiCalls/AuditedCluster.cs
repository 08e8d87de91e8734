using System.Globalization;
using AgentOperator.Kube;
using AgentOperator.Local;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.ApiCalls;

/// <summary>A local cluster that writes down every request, and an operator of all namespaces on it under its own account and the rights of config/rbac.</summary>
internal sealed class AuditedCluster : IAsyncDisposable
{
    /// <summary>Of a processor, in which the API server counts as idle.</summary>
    private const double Idle = 0.25;

    private const string CpuSeconds = "process_cpu_seconds_total ";
    private const string Account = "system:serviceaccount:agentoperator-system:agentoperator";

    private readonly LocalCluster _cluster;
    private readonly string _log;
    private readonly string _kubeConfig;

    private AuditedCluster(LocalCluster cluster, string log)
    {
        _cluster = cluster;
        _log = log;
        _kubeConfig = Path.Combine(cluster.StateFolder, "operator.kubeconfig");
        Client = new KubeClient(cluster.Connection);
    }

    /// <summary>Of who runs the benchmark.</summary>
    public KubeClient Client { get; }

    public static async Task<AuditedCluster> StartAsync(string name, TimeSpan simulatedDelay, CancellationToken cancellation)
    {
        string folder = Repository.PathTo("artifacts", "bench");
        Directory.CreateDirectory(folder);
        string policy = Path.Combine(folder, "audit-policy.yaml");
        string log = Path.Combine(folder, $"{name}.audit.log");
        File.Delete(log);
        await File.WriteAllTextAsync(policy, AuditLog.Policy, cancellation);
        AuditedCluster audited = new(
            await LocalCluster.StartAsync(new LocalClusterOptions { Name = name, SimulatedDelay = simulatedDelay, AuditPolicyFile = policy, AuditLogFile = log }, cancellation),
            log);
        await audited.InstallAsync(cancellation);
        return audited;
    }

    public OperatorProcess StartOperator(string log) =>
        OperatorProcess.Start(Repository.PathTo("artifacts", "bench", $"{log}.log"), "--kubeconfig", _kubeConfig, "--leader-elect=false");

    /// <summary>How often the operator has asked for what in a namespace, by verb and resource.</summary>
    public Dictionary<string, int> Calls(string ns) =>
        AuditLog.Read(_log, Account, ns).GroupBy(static call => call, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);

    public static bool IsEvent(string call) => call.EndsWith(" events", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _cluster.DisposeAsync();
    }

    private async Task InstallAsync(CancellationToken cancellation)
    {
        Kubectl kubectl = new(Path.Combine(_cluster.AssetsFolder, "kubectl"), _cluster.KubeConfigPath);
        await kubectl.InstallAsync(cancellation);
        await kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "rbac"));
        string token = (await kubectl.RunAsync(cancellation, "create", "token", "agentoperator", "--namespace", "agentoperator-system")).Trim();
        await File.WriteAllTextAsync(
            _kubeConfig,
            (await File.ReadAllTextAsync(_cluster.KubeConfigPath, cancellation)).Replace(_cluster.Connection.Token!, token, StringComparison.Ordinal),
            cancellation);
        await SettleAsync(kubectl, cancellation);
    }

    /// <summary>After its start and after new kinds the API server is busy with itself for a while, at the cost of what is measured then.</summary>
    private static async Task SettleAsync(Kubectl kubectl, CancellationToken cancellation)
    {
        using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
        double before = await CpuAsync(kubectl, cancellation);
        for (int quiet = 0; quiet < 3 && await second.WaitForNextTickAsync(cancellation);)
        {
            double now = await CpuAsync(kubectl, cancellation);
            quiet = now - before < Idle ? quiet + 1 : 0;
            before = now;
        }
    }

    private static async Task<double> CpuAsync(Kubectl kubectl, CancellationToken cancellation) => double.Parse(
        (await kubectl.RunAsync(cancellation, "get", "--raw", "/metrics")).Split('\n').Single(static line => line.StartsWith(CpuSeconds, StringComparison.Ordinal))[CpuSeconds.Length..],
        CultureInfo.InvariantCulture);
}
