using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Scaling;

/// <summary>Operators that share the work of a cluster, as processes.</summary>
internal sealed class Replicas : IAsyncDisposable
{
    private readonly InstalledCluster _cluster;
    private readonly string _namespace;
    private readonly string[] _arguments;
    private readonly List<OperatorProcess> _running = [];
    private int _started;

    public Replicas(InstalledCluster cluster, string ns, int count, params string[] arguments)
    {
        _cluster = cluster;
        _namespace = ns;
        _arguments = arguments;
        for (int i = 0; i < count; i++)
        {
            Start();
        }
    }

    public void Start() => _running.Add(OperatorProcess.Start(
        Repository.PathTo("artifacts", "test-results", "operator", $"{_namespace}-shard-{_started++}.log"),
        ["--kubeconfig", _cluster.KubeConfigPath, "--lease-namespace", _namespace, "--lease-duration", "3", "--sharding", .. _arguments]));

    public async Task KillAsync(int which)
    {
        OperatorProcess process = Take(which);
        await process.KillAsync();
        await process.DisposeAsync();
    }

    /// <summary>As a rollout does it. One that got no processor for as long as its lease lasts was taken for dead, and has said so before it ended.</summary>
    public async Task StopAsync(int which)
    {
        OperatorProcess process = Take(which);
        int code = await process.StopAsync();
        await process.DisposeAsync();
        if (code != 0)
        {
            (await process.ReadLogAsync(TestContext.Current.CancellationToken)).ShouldContain(nameof(LeaderLostException));
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.Count > 0)
        {
            OperatorProcess process = Take(0);
            await process.StopAsync();
            await process.DisposeAsync();
        }
    }

    private OperatorProcess Take(int which)
    {
        OperatorProcess process = _running[which];
        _running.RemoveAt(which);
        return process;
    }
}
