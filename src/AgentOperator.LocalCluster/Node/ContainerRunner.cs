using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Processes;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>Runs one container until it may not run again, and keeps its status.</summary>
internal sealed partial class ContainerRunner : IDisposable
{
    private static readonly TimeSpan ImagePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConfigRetry = TimeSpan.FromSeconds(10);

    // What container runtimes report when the program cannot be run.
    private const int CannotStart = 128;

    private readonly NodeContext _node;
    private readonly Pod _pod;
    private readonly Container _container;
    private readonly PodAddress _address;
    private readonly ContainerFiles _files;
    private readonly Action _changed;
    private readonly ILogger<ContainerRunner> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly RestartBackoff _backoff = new();
    private long _logStart;
    private volatile ContainerProcess? _process;
    private volatile ContainerStatus _status;

    public ContainerRunner(NodeContext node, Pod pod, Container container, PodAddress address, string folder, Action changed)
    {
        _node = node;
        _pod = pod;
        _container = container;
        _address = address;
        _files = new ContainerFiles(folder, container.Name);
        _changed = changed;
        _logger = node.LoggerFactory.CreateLogger<ContainerRunner>();
        _status = new ContainerStatus
        {
            Name = container.Name,
            Image = container.Image ?? "",
            Started = false,
            State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "ContainerCreating" } },
        };
    }

    public ContainerStatus Status => _status;

    /// <summary>Ends when the container has ended for good or was stopped.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ImageAsync() is { } image && !_stop.IsCancellationRequested)
            {
                if (await StartAsync(image) is { } process)
                {
                    TimeSpan ran = await FollowAsync(process);
                    if (!RunsAgain())
                    {
                        return;
                    }

                    await BackOffAsync(_backoff.Next(ran));
                }
                else
                {
                    await Task.Delay(ConfigRetry, _node.Time, _stop.Token);
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
        if (_process is not { } process)
        {
            return;
        }

        if (grace > TimeSpan.Zero)
        {
            await process.SignalAsync(Signals.Terminate);
            try
            {
                await process.Exited.WaitAsync(grace, _node.Time);
                return;
            }
            catch (TimeoutException)
            {
                LogKilled(_logger, _pod.Key(), _container.Name, grace.TotalSeconds);
            }
        }

        await process.SignalAsync(Signals.Kill);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Waits until the image is known: the map may get it while the pod waits.</summary>
    private async Task<LocalImage?> ImageAsync()
    {
        string name = _container.Image ?? "";
        for (int attempt = 0; ; attempt++)
        {
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

    private async Task<ContainerProcess?> StartAsync(LocalImage image)
    {
        try
        {
            ContainerCommand command = ContainerCommand.Create(_pod, _container, image, _address);
            if (image.Mounts.FirstOrDefault(static mount => !Path.Exists(mount.Source)) is { } missing)
            {
                throw new ContainerConfigException($"{_node.Images.Name}: the source {missing.Source} of {missing.Path} does not exist");
            }

            _logStart = File.Exists(_files.Log) ? new FileInfo(_files.Log).Length : 0;
            await File.WriteAllBytesAsync(_files.TerminationLog, []);
            File.SetUnixFileMode(_files.TerminationLog, (UnixFileMode)0b110_110_110);
            return await ContainerProcess.StartAsync(_node.Launcher, _files.Log, Bubblewrap.Arguments(_pod, _container, image, command, _files));
        }
        catch (ContainerConfigException error)
        {
            Wait("CreateContainerConfigError", error.Message);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Wait("CreateContainerError", error.Message);
            return null;
        }
    }

    private async Task<TimeSpan> FollowAsync(ContainerProcess process)
    {
        DateTimeOffset started = _node.Time.GetUtcNow();
        string id = $"local://{Guid.NewGuid():N}";
        Update(_status with
        {
            State = new ContainerState { Running = new ContainerStateRunning { StartedAt = new Time(started) } },
            Ready = true,
            Started = true,
            ContainerID = id,
            ImageID = $"local://{_container.Image}",
        });
        using (process)
        {
            _process = process;
            if (_stop.IsCancellationRequested)
            {
                // StopAsync may have looked before there was a process.
                await process.SignalAsync(Signals.Kill);
            }

            ContainerExit exit = await process.Exited;
            _process = null;
            DateTimeOffset finished = _node.Time.GetUtcNow();
            Update(_status with
            {
                State = new ContainerState { Terminated = Terminated(exit, started, finished, id) },
                Ready = false,
                Started = false,
            });
            return finished - started;
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
                ? TerminationMessage.Read(_files, _logStart, _container.TerminationMessagePolicy, code)
                : $"failed to start: {LogTail.Read(_files.Log, 1, from: _logStart).Trim()}",
            StartedAt = new Time(started),
            FinishedAt = new Time(finished),
            ContainerID = id,
        };
    }

    private bool RunsAgain() => !_stop.IsCancellationRequested && _pod.Spec!.RestartPolicy switch
    {
        "Never" => false,
        "OnFailure" => _status.State?.Terminated?.ExitCode != 0,
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
}
