using System.Globalization;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.ControlPlane;

/// <summary>etcd and the API server, ready.</summary>
internal sealed partial class ControlPlaneProcesses : IAsyncDisposable
{
    private const int Attempts = 5;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Daemon _etcd;
    private readonly Func<Task<Daemon>> _startApiServer;
    private readonly ClusterFolder _folder;
    private readonly TimeProvider _time;
    private Daemon _apiServer;
    private Task _restarting = Task.CompletedTask;

    private ControlPlaneProcesses(Daemon etcd, Daemon apiServer, Func<Task<Daemon>> startApiServer, ClusterFolder folder, KubeConnection connection, TimeProvider time)
    {
        _etcd = etcd;
        _apiServer = apiServer;
        _startApiServer = startApiServer;
        _folder = folder;
        _time = time;
        Connection = connection;
    }

    public KubeConnection Connection { get; }

    public required string AssetsFolder { get; init; }

    public required Credentials Credentials { get; init; }

    /// <summary>Starts both and waits until requests are answered.</summary>
    public static async Task<ControlPlaneProcesses> StartAsync(ProcessLauncher launcher, ClusterFolder folder, LocalClusterOptions options, CancellationToken cancellation)
    {
        ILogger logger = options.LoggerFactory.CreateLogger<ControlPlaneProcesses>();
        string assets = await Assets.FindAsync(launcher, cancellation);
        if (options.Port is { } wanted)
        {
            Ports.Require(wanted);
        }

        Credentials credentials = Credentials.Create(folder, options.Time);
        for (int attempt = 1; ; attempt++)
        {
            int etcdPort = Ports.Free();
            int port = options.Port ?? Ports.Free();
            LogStarting(logger, assets, port);
            Daemon? etcd = null;
            Daemon? apiServer = null;
            try
            {
                etcd = await Etcd.StartAsync(launcher, assets, folder, etcdPort);
                Func<Task<Daemon>> start = () => ApiServer.StartAsync(launcher, assets, folder, credentials, options, etcdPort, port);
                apiServer = await start();
                ControlPlaneProcesses started = new(etcd, apiServer, start, folder, ApiServer.Connection(credentials, port), options.Time) { AssetsFolder = assets, Credentials = credentials };
                started.WriteTable();
                await started.ReadyAsync(cancellation);
                return started;
            }
            catch (LocalClusterException error) when (attempt < Attempts && IsPortTaken(error))
            {
                LogPortTaken(logger, error.Message);
                await StopAsync(etcd, apiServer, options.Time);
                folder.ClearEtcd();
            }
            catch
            {
                await StopAsync(etcd, apiServer, options.Time);
                throw;
            }
        }
    }

    /// <summary>Completes when one of the two has died by itself, with what it said last.</summary>
    public async Task<LocalClusterException> FailedAsync()
    {
        while (true)
        {
            Daemon apiServer = _apiServer;
            await Task.WhenAny(_etcd.Exited, apiServer.Exited);
            if (_etcd.Exited.IsCompleted || !apiServer.IsKilled)
            {
                return (_etcd.Exited.IsCompleted ? _etcd : apiServer).Failure();
            }

            await Volatile.Read(ref _restarting);
        }
    }

    /// <summary>Kills the API server, starts it anew at the same address, and waits until requests are answered.</summary>
    public async Task RestartApiServerAsync(CancellationToken cancellation)
    {
        TaskCompletionSource restarting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _restarting, restarting.Task);
        Daemon before = _apiServer;
        try
        {
            await before.KillAsync();
            _apiServer = await _startApiServer();
            WriteTable();
        }
        finally
        {
            restarting.SetResult();
        }

        before.Dispose();
        await ReadyAsync(cancellation);
    }

    public async ValueTask DisposeAsync() => await StopAsync(_etcd, _apiServer, _time);

    private static async Task StopAsync(Daemon? etcd, Daemon? apiServer, TimeProvider time)
    {
        foreach (Daemon? daemon in (Daemon?[])[apiServer, etcd])
        {
            if (daemon is not null)
            {
                await daemon.StopAsync(StopPatience, time);
                daemon.Dispose();
            }
        }
    }

    private void WriteTable() =>
        new ProcessTable(ProcessIdentity.Read(Environment.ProcessId), [.. new[] { _etcd.Identity, _apiServer.Identity }.OfType<ProcessIdentity>()]).Write(_folder);

    private async Task ReadyAsync(CancellationToken cancellation)
    {
        using KubeClient client = new(Connection, _time);
        using CancellationTokenSource patience = new(StartPatience, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        Task<LocalClusterException> failed = FailedAsync();
        try
        {
            while (!await client.IsReadyAsync(linked.Token))
            {
                await Task.WhenAny(Task.Delay(Poll, _time, linked.Token), failed);
                if (failed.IsCompleted)
                {
                    throw await failed;
                }
            }
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new LocalClusterException(
                string.Create(CultureInfo.InvariantCulture, $"The API server was not ready within {StartPatience.TotalSeconds:0} s. The end of {_apiServer.Log}:{Environment.NewLine}{LogTail.Read(_apiServer.Log, 20)}"), error);
        }
    }

    private static bool IsPortTaken(LocalClusterException error) => error.Message.Contains("address already in use", StringComparison.Ordinal);

    [LoggerMessage(1, LogLevel.Information, "Starting etcd and kube-apiserver from {Assets}, port {Port}")]
    private static partial void LogStarting(ILogger logger, string assets, int port);

    [LoggerMessage(2, LogLevel.Information, "A port was taken in the meantime, trying others: {Message}")]
    private static partial void LogPortTaken(ILogger logger, string message);
}
