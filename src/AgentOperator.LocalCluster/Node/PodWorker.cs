using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Volumes;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>One pod, from binding to its last status.</summary>
internal sealed partial class PodWorker : IDisposable
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VolumeRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly NodeContext _node;
    private readonly PodBinder _binder;
    private readonly Pod _pod;
    private readonly PodAddress _address;
    private readonly PodReporter _reporter;
    private readonly string _folder;
    private readonly PodVolumes _volumes;
    private readonly PodRun _run;
    private readonly Signal _configChanged = new();
    private readonly Lock _hostsGate = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly TaskCompletionSource<PodEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger<PodWorker> _logger;
    private volatile Pod _latest;
    private string? _volumeProblem;

    public PodWorker(NodeContext node, PodBinder binder, Pod pod)
    {
        _node = node;
        _binder = binder;
        _pod = pod;
        _latest = pod;
        _address = new PodAddress(node.NodeName, node.HostIP, node.Addresses.NextPod());
        _reporter = new PodReporter(node, pod);
        _folder = Path.Combine(node.PodsFolder, $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{pod.Metadata.Uid}");
        _volumes = new PodVolumes(node, pod, _address);
        _run = new PodRun(node, pod, _address, _volumes, _folder, () => _changed.Release());
        _logger = node.LoggerFactory.CreateLogger<PodWorker>();
    }

    /// <summary>Ends the pod: the first reason counts.</summary>
    public void End(PodEnding ending) => _ending.TrySetResult(ending);

    /// <summary>The pod's labels or annotations may have changed.</summary>
    public void PodChanged(Pod pod)
    {
        _latest = pod;
        _configChanged.Set();
    }

    /// <summary>A ConfigMap or Secret has changed.</summary>
    public void ConfigChanged(string? ns)
    {
        if (ns == _pod.Metadata.Namespace)
        {
            _configChanged.Set();
            _run.ConfigChanged();
        }
    }

    /// <summary>Writes into the file that is there: containers have that very file mounted.</summary>
    public void WriteHosts()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        byte[] text = Encoding.UTF8.GetBytes(_node.Hosts.Text(_pod, _address.PodIP));
        lock (_hostsGate)
        {
            using FileStream file = new(new ContainerFiles(_folder, "").Hosts, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            file.Write(text);
            file.SetLength(text.Length);
        }
    }

    /// <summary>Runs the pod; ends when its containers have ended and the API server knows.</summary>
    /// <param name="cancellation">Stops talking to the API server; the containers are ended by <see cref="End"/>.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(_pod.Spec!.NodeName))
        {
            await Persistence.UntilAnsweredAsync(() => _binder.BindAsync(_pod, cancellation), _node.Time, why => LogUnbound(_logger, _pod.Key(), why), cancellation);
        }

        Directory.CreateDirectory(_folder);
        WriteHosts();
        using CancellationTokenSource ended = new();
        Task containers = RunContainersAsync(ended.Token);
        Task stopping = StopWhenEndingAsync(ended.Token);
        Task deadline = DeadlineAsync(ended.Token);
        try
        {
            while (!containers.IsCompleted)
            {
                await ReportAsync(cancellation);
                await Task.WhenAny(_changed.WaitAsync(cancellation), containers);
            }

            await containers;
        }
        finally
        {
            // Whatever went wrong here, no container may outlive its pod's worker.
            End(new PodEnding(TimeSpan.Zero));
            await containers;
            await ended.CancelAsync();
            await Task.WhenAll(stopping, deadline);
            _volumes.Delete();
        }

        await ReportAsync(cancellation);
        LogEnded(_logger, _pod.Key(), _reporter.Last?.Phase);
    }

    public void Dispose()
    {
        _run.Dispose();
        _changed.Dispose();
    }

    private async Task RunContainersAsync(CancellationToken ended)
    {
        if (!await PrepareVolumesAsync(ended))
        {
            return;
        }

        using CancellationTokenSource done = new();
        Task refreshing = RefreshVolumesAsync(done.Token);
        await _run.RunAsync();
        await done.CancelAsync();
        await refreshing;
    }

    /// <summary>Tries until every volume can be made; false when the pod is ended before.</summary>
    private async Task<bool> PrepareVolumesAsync(CancellationToken ended)
    {
        while (!_ending.Task.IsCompleted)
        {
            Task changed = _configChanged.Next;
            try
            {
                await _volumes.PrepareAsync(ended);
                _volumeProblem = null;
                return true;
            }
            catch (Exception error) when (IsPassing(error))
            {
                LogVolumes(_logger, _pod.Key(), error.Message);
                if (_volumeProblem != error.Message)
                {
                    _volumeProblem = error.Message;
                    _changed.Release();
                }

                await Task.WhenAny(_ending.Task, Signal.WaitAsync(changed, VolumeRetry, _node.Time, ended));
            }
        }

        return false;
    }

    private async Task RefreshVolumesAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            Task changed = _configChanged.Next;
            TimeSpan wait = LongestWait;
            try
            {
                await _volumes.WriteAsync(_latest, done);
                wait = _volumes.RenewAt is { } at ? at - _node.Time.GetUtcNow() : LongestWait;
            }
            catch (Exception error) when (IsPassing(error))
            {
                // What the files say stays until it can be replaced.
                LogVolumes(_logger, _pod.Key(), error.Message);
                wait = VolumeRetry;
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(Signal.WaitAsync(changed, wait > TimeSpan.Zero ? wait : VolumeRetry, _node.Time, done));
        }
    }

    private static bool IsPassing(Exception error) => error is ContainerConfigException or KubeApiException or HttpRequestException or TimeoutException or IOException;

    private async Task ReportAsync(CancellationToken cancellation)
    {
        while (_changed.CurrentCount > 0)
        {
            await _changed.WaitAsync(cancellation);
        }

        PodEnding? ending = _ending.Task.IsCompletedSuccessfully ? await _ending.Task : null;
        PodStatus status = PodStatuses.Build(_pod, _address, _run.InitStatuses, _run.Statuses, ending, _reporter.Last, _node.Time.GetUtcNow());
        if (_volumeProblem is { } problem)
        {
            status = status with { ContainerStatuses = [.. status.ContainerStatuses!.Select(container => container with { State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "ContainerCreating", Message = problem } } })] };
        }

        if (!await _reporter.WriteAsync(status, cancellation))
        {
            End(new PodEnding(TimeSpan.Zero));
        }
    }

    private async Task StopWhenEndingAsync(CancellationToken ended)
    {
        try
        {
            PodEnding ending = await _ending.Task.WaitAsync(ended);
            await _run.StopAsync(ending.Grace);
        }
        catch (OperationCanceledException)
        {
            LogUnstopped(_logger, _pod.Key());
        }
    }

    private async Task DeadlineAsync(CancellationToken ended)
    {
        if (_pod.Spec!.ActiveDeadlineSeconds is not { } seconds)
        {
            return;
        }

        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _node.Time, ended);
            TimeSpan grace = _pod.Spec.TerminationGracePeriodSeconds is { } own ? TimeSpan.FromSeconds(own) : DefaultGrace;
            End(new PodEnding(grace, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline"));
        }
        catch (OperationCanceledException)
        {
            LogInTime(_logger, _pod.Key());
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Pod {Pod}: {Phase}")]
    private static partial void LogEnded(ILogger logger, ObjectKey pod, string? phase);

    [LoggerMessage(2, LogLevel.Trace, "Pod {Pod}: ended by itself")]
    private static partial void LogUnstopped(ILogger logger, ObjectKey pod);

    [LoggerMessage(3, LogLevel.Trace, "Pod {Pod}: ended before its deadline")]
    private static partial void LogInTime(ILogger logger, ObjectKey pod);

    [LoggerMessage(4, LogLevel.Information, "Pod {Pod}: volumes cannot be written, trying again: {Message}")]
    private static partial void LogVolumes(ILogger logger, ObjectKey pod, string message);

    [LoggerMessage(5, LogLevel.Warning, "Pod {Pod}: not bound, trying again: {Message}")]
    private static partial void LogUnbound(ILogger logger, ObjectKey pod, string message);
}
