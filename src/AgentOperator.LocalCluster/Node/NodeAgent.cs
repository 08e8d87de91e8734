using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>The kubelet's part: a worker for each pod, whose failure is its own.</summary>
internal sealed partial class NodeAgent : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly NodeContext _node;
    private readonly PodBinder _binder;
    private readonly ConcurrentDictionary<string, (PodWorker Worker, Task Run)> _workers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger<NodeAgent> _logger;
    private volatile bool _closed;

    /// <param name="node">What pods share.</param>
    /// <param name="pods">All pods; subscribed to here, before its reflector starts.</param>
    public NodeAgent(NodeContext node, ObjectStore<Pod> pods)
    {
        _node = node;
        _binder = new PodBinder(node.Client, node.NodeName);
        _logger = node.LoggerFactory.CreateLogger<NodeAgent>();
        pods.Subscribe(Changed);
    }

    /// <summary>Makes the node known.</summary>
    public Task RegisterAsync(CancellationToken cancellation) => NodeRegistration.WriteAsync(_node, cancellation);

    /// <summary>Ends all pods; what does not end in time is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        Task[] running = [.. _workers.Values.Select(static entry => entry.Run)];
        foreach ((PodWorker worker, Task _) in _workers.Values)
        {
            worker.End(new PodEnding(StopGrace));
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(StopPatience, _node.Time);
        }
        catch (TimeoutException)
        {
            LogSlowStop(_logger, running.Count(static run => !run.IsCompleted));
        }

        await _stop.CancelAsync();
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    /// <summary>A ConfigMap or Secret of a namespace has changed.</summary>
    public void ConfigChanged(string? ns)
    {
        foreach ((PodWorker worker, Task _) in _workers.Values)
        {
            worker.ConfigChanged(ns);
        }
    }

    /// <summary>Names of Services lead elsewhere.</summary>
    public void HostsChanged()
    {
        foreach ((PodWorker worker, Task _) in _workers.Values)
        {
            worker.WriteHosts();
        }
    }

    private void Changed(Pod? before, Pod? after)
    {
        string uid = (after ?? before)!.Metadata.Uid!;
        if (after is null)
        {
            if (_workers.TryGetValue(uid, out (PodWorker Worker, Task Run) entry))
            {
                entry.Worker.End(new PodEnding(TimeSpan.Zero));
            }

            return;
        }

        bool isNew = before is null && after.Status?.Phase is not (PodPhase.Succeeded or PodPhase.Failed) && IsOurs(after);
        if (isNew && !after.IsTerminating() && !_closed)
        {
            PodWorker worker = new(_node, _binder, after);

            // Leaves the reflector's task at once.
            _workers.TryAdd(uid, (worker, Task.Run(() => RunAsync(uid, worker, after), _stop.Token)));
        }
        else if (after.IsTerminating() && before?.IsTerminating() != true)
        {
            Delete(uid, after);
        }
        else if (_workers.TryGetValue(uid, out (PodWorker Worker, Task Run) entry) && HasNewFields(before, after))
        {
            entry.Worker.PodChanged(after);
        }
    }

    private static bool HasNewFields(Pod? before, Pod after) =>
        !Equal(before?.Metadata.Labels, after.Metadata.Labels) || !Equal(before?.Metadata.Annotations, after.Metadata.Annotations);

    private static bool Equal(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        left is null || right is null ? left == right : left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out string? value) && value == entry.Value);

    /// <summary>A server without validation may hold a pod without containers; that one is nobody's.</summary>
    private bool IsOurs(Pod pod) => pod.Spec is { Containers.Count: > 0 } spec && (string.IsNullOrEmpty(spec.NodeName) || spec.NodeName == _node.NodeName);

    private void Delete(string uid, Pod pod)
    {
        if (_workers.TryGetValue(uid, out (PodWorker Worker, Task Run) entry))
        {
            entry.Worker.End(new PodEnding(TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0)));
            Follow(entry.Run, uid, pod);
        }
        else if (IsOurs(pod))
        {
            Follow(Task.CompletedTask, uid, pod);
        }
    }

    /// <summary>Takes the pod from the API server once its containers have ended.</summary>
    private void Follow(Task run, string uid, Pod pod) => _ = Task.Run(
        async () =>
        {
            try
            {
                await run;
                await Persistence.UntilAnsweredAsync(
                    () => _node.Client.Resource<Pod>(pod.Metadata.Namespace).DeleteAsync(pod.Metadata.Name!, new DeleteOptions { Uid = uid, GracePeriodSeconds = 0 }, _stop.Token),
                    _node.Time,
                    why => LogUndeleted(_logger, pod.Key(), why),
                    _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                LogStopping(_logger, pod.Key());
            }
#pragma warning disable CA1031 // One pod's failure must not take the node down.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailed(_logger, error, pod.Key());
            }
        },
        _stop.Token);

    private async Task RunAsync(string uid, PodWorker worker, Pod pod)
    {
        try
        {
            using (worker)
            {
                await worker.RunAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            LogStopping(_logger, pod.Key());
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            LogGone(_logger, pod.Key());
        }
#pragma warning disable CA1031 // One pod's failure must not take the node down.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(_logger, error, pod.Key());
        }
        finally
        {
            _workers.TryRemove(uid, out _);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Pod {Pod} failed on the node")]
    private static partial void LogFailed(ILogger logger, Exception error, ObjectKey pod);

    [LoggerMessage(2, LogLevel.Debug, "Pod {Pod}: the node stops")]
    private static partial void LogStopping(ILogger logger, ObjectKey pod);

    [LoggerMessage(3, LogLevel.Information, "Pod {Pod} was deleted before it ran")]
    private static partial void LogGone(ILogger logger, ObjectKey pod);

    [LoggerMessage(4, LogLevel.Warning, "{Count} pods have not ended in time")]
    private static partial void LogSlowStop(ILogger logger, int count);

    [LoggerMessage(5, LogLevel.Warning, "Pod {Pod}: not deleted, trying again: {Message}")]
    private static partial void LogUndeleted(ILogger logger, ObjectKey pod, string message);
}
