using AgentOperator.Kube.Configuration;
using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Node;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local;

/// <summary>A running cluster: etcd, the API server, and a node in this process.</summary>
public sealed partial class LocalCluster : IAsyncDisposable
{
    private readonly ClusterFolder _folder;
    private readonly ClusterLock _lock;
    private readonly ProcessLauncher _launcher;
    private readonly ControlPlaneProcesses _controlPlane;
    private readonly Workloads _workloads;
    private readonly ILogger<LocalCluster> _logger;

    private LocalCluster(ClusterFolder folder, ClusterLock held, ProcessLauncher launcher, ControlPlaneProcesses controlPlane, Workloads workloads, ILogger<LocalCluster> logger)
    {
        _folder = folder;
        _lock = held;
        _launcher = launcher;
        _controlPlane = controlPlane;
        _workloads = workloads;
        _logger = logger;
    }

    /// <summary>File for <c>KUBECONFIG</c>, readable by its owner only.</summary>
    public string KubeConfigPath => _folder.KubeConfig;

    /// <summary>The same as the kubeconfig says: the admin.</summary>
    public KubeConnection Connection => _controlPlane.Connection;

    /// <summary>Folder with etcd, kube-apiserver and the kubectl that fits them.</summary>
    public string AssetsFolder => _controlPlane.AssetsFolder;

    /// <summary>Folder with logs of the control plane, and of pods below <c>pods/</c>.</summary>
    public string StateFolder => _folder.Path;

    /// <summary>Starts a cluster and waits until it is ready; its data is empty.</summary>
    /// <exception cref="LocalClusterException">The name is up already, a program is missing, or one has failed; the message says what to do.</exception>
    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellation)
    {
        ClusterFolder folder = ClusterFolder.Of(options.Name, options.StateRoot);
        folder.Create();
        ClusterLock held = ClusterLock.TryTake(folder)
            ?? throw new LocalClusterException($"The cluster \"{options.Name}\" is up already: use it, stop the process that runs it (Ctrl-C there), or choose another --name.");
        ProcessLauncher launcher = new();
        ControlPlaneProcesses? controlPlane = null;
        try
        {
            ILogger<LocalCluster> logger = options.LoggerFactory.CreateLogger<LocalCluster>();
            int reaped = await Leftovers.ReapAsync(folder, options.Time, cancellation);
            if (reaped > 0)
            {
                LogReaped(logger, reaped);
            }

            folder.Clear();
            if (options.SimulatedDelay is null)
            {
                await BubblewrapCheck.RunAsync(launcher, cancellation);
            }

            Images.ImageMapFile images = new(options.ImagesFile, options.LoggerFactory.CreateLogger<Images.ImageMapFile>());
            controlPlane = await ControlPlaneProcesses.StartAsync(launcher, folder, options, cancellation);
            PrivateFile.Write(folder.KubeConfig, KubeConfigWriter.Text(options.Name, controlPlane.Connection));
            Workloads workloads = await Workloads.StartAsync(controlPlane.Connection with { Token = controlPlane.Credentials.ControllerToken }, controlPlane.Credentials, folder, images, launcher, options, cancellation);
            LogReady(logger, options.Name, controlPlane.Connection.Server);
            return new LocalCluster(folder, held, launcher, controlPlane, workloads, logger);
        }
        catch
        {
            if (controlPlane is not null)
            {
                await controlPlane.DisposeAsync();
            }

            folder.ClearData();
            launcher.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the control plane has died, with what it said last.</summary>
    public Task<LocalClusterException> FailedAsync() => _controlPlane.FailedAsync();

    /// <summary>Kills the API server and starts it anew at the same address; pods go on meanwhile.</summary>
    public Task RestartApiServerAsync(CancellationToken cancellation) => _controlPlane.RestartApiServerAsync(cancellation);

    /// <summary>Ends pods, API server and etcd, in this order.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _workloads.DisposeAsync();
        }
        finally
        {
            LogStopping(_logger);
            await _controlPlane.DisposeAsync();
            _launcher.Dispose();
            File.Delete(_folder.Processes);
            File.Delete(_folder.KubeConfig);
            _folder.ClearData();
            _lock.Dispose();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Ended {Count} processes that an earlier start had left")]
    private static partial void LogReaped(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Information, "Cluster {Name} is ready at {Server}")]
    private static partial void LogReady(ILogger logger, string name, Uri server);

    [LoggerMessage(3, LogLevel.Information, "Pods have ended, stopping the control plane")]
    private static partial void LogStopping(ILogger logger);
}
