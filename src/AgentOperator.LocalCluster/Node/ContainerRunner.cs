using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Node.Config;
using AgentOperator.Local.Node.Mounts;
using AgentOperator.Local.Node.Probes;
using AgentOperator.Local.Node.Volumes;
using AgentOperator.Local.Processes;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>Runs one container until it may not run again, and keeps its status.</summary>
internal sealed partial class ContainerRunner : IDisposable
{
    private static readonly TimeSpan ImagePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConfigRetry = TimeSpan.FromSeconds(10);

    // Nothing limits a start hook but the pod's end.
    private static readonly TimeSpan LongestStart = TimeSpan.FromDays(1);

    // What container runtimes report when the program cannot be run.
    private const int CannotStart = 128;

    private readonly NodeContext _node;
    private readonly Pod _pod;
    private readonly Container _container;
    private readonly ContainerRole _role;
    private readonly PodAddress _address;
    private readonly PodVolumes _volumes;
    private readonly ProbeAction _action;
    private readonly ContainerFiles _files;
    private readonly Action _changed;
    private readonly ILogger<ContainerRunner> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly RestartBackoff _backoff = new();
    private readonly Signal _configChanged = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunningContainer? _running;
    private volatile ContainerStatus _status;

    public ContainerRunner(NodeContext node, Pod pod, Container container, ContainerRole role, PodAddress address, PodVolumes volumes, string folder, Action changed)
    {
        _node = node;
        _pod = pod;
        _container = container;
        _role = role;
        _address = address;
        _volumes = volumes;
        _action = new ProbeAction(node, container, address);
        _files = new ContainerFiles(folder, container.Name);
        _changed = changed;
        _logger = node.LoggerFactory.CreateLogger<ContainerRunner>();
        _status = new ContainerStatus
        {
            Name = container.Name,
            Image = container.Image ?? "",
            Started = false,
            State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = pod.Spec!.InitContainers is { Count: > 0 } ? "PodInitializing" : "ContainerCreating" } },
        };
    }

    public ContainerStatus Status => _status;

    public ContainerRole Role => _role;

    /// <summary>Completes when the container runs and its startup probe, if it has one, has succeeded.</summary>
    public Task Started => _started.Task;

    /// <summary>True when the container has ended well and will not run again.</summary>
    public bool HasSucceeded => _status.State?.Terminated?.ExitCode == 0;

    /// <summary>A ConfigMap or Secret of the namespace has changed: what was missing may be there now.</summary>
    public void ConfigChanged() => _configChanged.Set();

    /// <summary>Ends when the container has ended for good or was stopped.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ImageAsync() is { } image && !_stop.IsCancellationRequested)
            {
                Task changed = _configChanged.Next;
                if (await StartAsync(image) is { } running)
                {
                    TimeSpan ran = await FollowAsync(running);
                    if (!RunsAgain())
                    {
                        return;
                    }

                    await BackOffAsync(_backoff.Next(ran));
                }
                else
                {
                    await Signal.WaitAsync(changed, ConfigRetry, _node.Time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            LogStopped(_logger, _pod.Key(), _container.Name);
        }
    }

    /// <summary>Asks the program to end, and ends it after the grace period.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stop.CancelAsync();
        if (_running is { } running)
        {
            await EndAsync(running, grace);
        }
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Waits until the image is known: the map may get it while the pod waits.</summary>
    private async Task<LocalImage?> ImageAsync()
    {
        string name = _container.Image ?? "";
        for (int attempt = 0; ; attempt++)
        {
            if (_node.BuiltIn.ContainsKey(name))
            {
                return new LocalImage();
            }

            if (_node.Images.Find(name) is { } image)
            {
                return image;
            }

            string message = attempt == 0
                ? $"failed to pull image \"{name}\": {_node.Images.Name} has no entry for it"
                : $"Back-off pulling image \"{name}\": {_node.Images.Name} has no entry for it";
            Wait(attempt == 0 ? "ErrImagePull" : "ImagePullBackOff", message);
            await Task.Delay(ImagePoll, _node.Time, _stop.Token);
        }
    }

    private async Task<RunningContainer?> StartAsync(LocalImage image)
    {
        try
        {
            ProbeAction.Check(_container);
            ConfigSnapshot config = await _node.Config.ReadAsync(_pod.Metadata.Namespace!, ConfigReferences.Of(_container), _stop.Token);
            ContainerCommand command = ContainerCommand.Create(_pod, _container, image, _address, config, ServiceVariables.Of(_node.ApiServer));
            IReadOnlyList<SandboxMount> mounts = ContainerMounts.Of(_volumes, _container.Name, command.Environment);
            if (image.Mounts.FirstOrDefault(static mount => !Path.Exists(mount.Source)) is { } missing)
            {
                throw new ContainerConfigException($"{_node.Images.Name}: the source {missing.Source} of {missing.Path} does not exist");
            }

            if (File.Exists(_files.Log))
            {
                File.Move(_files.Log, _files.PreviousLog, overwrite: true);
            }

            await File.WriteAllBytesAsync(_files.TerminationLog, []);
            File.SetUnixFileMode(_files.TerminationLog, (UnixFileMode)0b110_110_110);
            IContainerProcess process = _node.BuiltIn.TryGetValue(_container.Image ?? "", out IBuiltInImage? builtIn)
                ? builtIn.Start(new BuiltInContainer(_pod, command, _address, mounts, _files.Log))
                : await ContainerProcess.StartAsync(_node.Launcher, _files.Log, Bubblewrap.Arguments(_pod, _container, image, command, _files, mounts));
            return new RunningContainer(process, command);
        }
        catch (ContainerConfigException error)
        {
            Wait("CreateContainerConfigError", error.Message);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException or Kube.KubeApiException or TimeoutException or System.ComponentModel.Win32Exception)
        {
            Wait("CreateContainerError", error.Message);
            return null;
        }
    }

    private async Task<TimeSpan> FollowAsync(RunningContainer running)
    {
        DateTimeOffset started = _node.Time.GetUtcNow();
        string id = $"local://{Guid.NewGuid():N}";
        bool hasHook = _container.Lifecycle?.PostStart is not null;
        bool isProbed = hasHook || _container.StartupProbe is not null || _container.ReadinessProbe is not null;
        Update(_status with
        {
            State = new ContainerState { Running = new ContainerStateRunning { StartedAt = new Time(started) } },
            Ready = _role != ContainerRole.Init && !isProbed,
            Started = _container.StartupProbe is null && !hasHook,
            ContainerID = id,
            ImageID = $"local://{_container.Image}",
        });
        using CancellationTokenSource ended = new();
        using (running.Process)
        {
            _running = running;
            if (_stop.IsCancellationRequested)
            {
                // StopAsync may have looked before there was a process.
                await running.Process.SignalAsync(Signals.Kill);
            }

            Task probing = ProbeAsync(running, ended.Token);
            ContainerExit exit = await running.Process.Exited;
            _running = null;
            await ended.CancelAsync();
            await probing;
            DateTimeOffset finished = _node.Time.GetUtcNow();
            ContainerStateTerminated state = Terminated(exit, started, finished, id);
            Update(_status with
            {
                State = new ContainerState { Terminated = state },
                Ready = _role == ContainerRole.Init && state.ExitCode == 0,
                Started = false,
            });
            return finished - started;
        }
    }

    private async Task ProbeAsync(RunningContainer running, CancellationToken ended)
    {
        try
        {
            if (_role == ContainerRole.Init)
            {
                return;
            }

            if (_container.Lifecycle?.PostStart is { } hook && !await StartHookAsync(hook, running, ended))
            {
                LogStartHook(_logger, _pod.Key(), _container.Name);
                await EndAsync(running, TimeSpan.FromSeconds(_pod.Spec!.TerminationGracePeriodSeconds ?? 30));
                return;
            }

            await new ContainerProbes(_node, _container, _action, running).RunAsync(Probed, (probe, settings) => UnhealthyAsync(probe, settings, running), ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            LogUnprobed(_logger, _pod.Key(), _container.Name);
        }
        catch (Exception error) when (error is ContainerConfigException or IOException or System.ComponentModel.Win32Exception)
        {
            LogProbe(_logger, error, _pod.Key(), _container.Name);
        }
    }

    private async Task<bool> StartHookAsync(LifecycleHandler hook, RunningContainer running, CancellationToken ended)
    {
        await running.Process.EnterableAsync(_node.Time, ended);
        return await _action.RunAsync(hook, running, LongestStart, ended);
    }

    private void Probed(bool hasStarted, bool isReady)
    {
        if (hasStarted)
        {
            _started.TrySetResult();
        }

        if (_status.Started != hasStarted || _status.Ready != isReady)
        {
            Update(_status with { Started = hasStarted, Ready = isReady });
        }
    }

    private Task UnhealthyAsync(string probe, Probe settings, RunningContainer running)
    {
        LogUnhealthy(_logger, _pod.Key(), _container.Name, probe);
        return EndAsync(running, TimeSpan.FromSeconds(settings.TerminationGracePeriodSeconds ?? _pod.Spec!.TerminationGracePeriodSeconds ?? 30));
    }

    private async Task EndAsync(RunningContainer running, TimeSpan grace)
    {
        if (!await new ContainerStop(_node, _container, _action).RunAsync(running, grace))
        {
            LogKilled(_logger, _pod.Key(), _container.Name, grace.TotalSeconds);
        }
    }

    private ContainerStateTerminated Terminated(ContainerExit exit, DateTimeOffset started, DateTimeOffset finished, string id)
    {
        int code = exit.HasStarted ? exit.Code : CannotStart;
        return new ContainerStateTerminated
        {
            ExitCode = code,
            Reason = !exit.HasStarted ? "StartError" : code == 0 ? "Completed" : "Error",
            Message = exit.HasStarted
                ? TerminationMessage.Read(_files, _container.TerminationMessagePolicy, code)
                : $"failed to start: {LogTail.Read(_files.Log, 1).Trim()}",
            StartedAt = new Time(started),
            FinishedAt = new Time(finished),
            ContainerID = id,
        };
    }

    private bool RunsAgain() => !_stop.IsCancellationRequested && (_role, _pod.Spec!.RestartPolicy) switch
    {
        (ContainerRole.Sidecar, _) => true,
        (_, "Never") => false,
        (ContainerRole.Init, _) => _status.State?.Terminated?.ExitCode != 0,
        (_, "OnFailure") => _status.State?.Terminated?.ExitCode != 0,
        _ => true,
    };

    private async Task BackOffAsync(TimeSpan delay)
    {
        ContainerState? last = _status.State;
        if (delay > TimeSpan.Zero)
        {
            string message = $"back-off {delay.TotalSeconds:0}s restarting failed container={_container.Name} pod={_pod.Metadata.Name}_{_pod.Metadata.Namespace}({_pod.Metadata.Uid})";
            Update(_status with { LastState = last });
            Wait("CrashLoopBackOff", message);
            await Task.Delay(delay, _node.Time, _stop.Token);
        }

        _status = _status with { LastState = last, RestartCount = _status.RestartCount + 1 };
    }

    private void Wait(string reason, string message) =>
        Update(_status with { State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = reason, Message = message } } });

    private void Update(ContainerStatus status)
    {
        _status = status;
        _changed();
    }

    [LoggerMessage(1, LogLevel.Debug, "Pod {Pod}, container {Container}: stopped while waiting")]
    private static partial void LogStopped(ILogger logger, ObjectKey pod, string container);

    [LoggerMessage(2, LogLevel.Information, "Pod {Pod}, container {Container}: did not end within {Seconds} s, killing it")]
    private static partial void LogKilled(ILogger logger, ObjectKey pod, string container, double seconds);

    [LoggerMessage(3, LogLevel.Trace, "Pod {Pod}, container {Container}: probes end with it")]
    private static partial void LogUnprobed(ILogger logger, ObjectKey pod, string container);

    [LoggerMessage(4, LogLevel.Error, "Pod {Pod}, container {Container}: cannot be probed")]
    private static partial void LogProbe(ILogger logger, Exception error, ObjectKey pod, string container);

    [LoggerMessage(6, LogLevel.Information, "Pod {Pod}, container {Container}: its start hook failed, ending it")]
    private static partial void LogStartHook(ILogger logger, ObjectKey pod, string container);

    [LoggerMessage(5, LogLevel.Information, "Pod {Pod}, container {Container}: the {Probe} probe has failed, restarting it")]
    private static partial void LogUnhealthy(ILogger logger, ObjectKey pod, string container, string probe);
}
