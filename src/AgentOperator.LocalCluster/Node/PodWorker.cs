using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>One pod, from binding to its last status.</summary>
internal sealed partial class PodWorker : IDisposable
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    private readonly NodeContext _node;
    private readonly PodBinder _binder;
    private readonly Pod _pod;
    private readonly PodAddress _address;
    private readonly PodReporter _reporter;
    private readonly string _folder;
    private readonly ContainerRunner[] _containers;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly TaskCompletionSource<PodEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger<PodWorker> _logger;

    public PodWorker(NodeContext node, PodBinder binder, Pod pod)
    {
        _node = node;
        _binder = binder;
        _pod = pod;
        _address = new PodAddress(node.NodeName, node.HostIP, node.Addresses.Next());
        _reporter = new PodReporter(node, pod);
        _folder = Path.Combine(node.PodsFolder, $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{pod.Metadata.Uid}");
        _containers = [.. pod.Spec!.Containers.Select(container => new ContainerRunner(node, pod, container, _address, _folder, () => _changed.Release()))];
        _logger = node.LoggerFactory.CreateLogger<PodWorker>();
    }

    /// <summary>Ends the pod: the first reason counts.</summary>
    public void End(PodEnding ending) => _ending.TrySetResult(ending);

    /// <summary>Runs the pod; ends when its containers have ended and the API server knows.</summary>
    /// <param name="cancellation">Stops talking to the API server; the containers are ended by <see cref="End"/>.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(_pod.Spec!.NodeName))
        {
            await _binder.BindAsync(_pod, cancellation);
        }

        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(new ContainerFiles(_folder, "").Hosts, $"127.0.0.1 localhost\n{_address.PodIP} {_pod.Metadata.Name}\n", cancellation);
        using CancellationTokenSource ended = new();
        Task containers = Task.WhenAll(_containers.Select(static container => container.RunAsync()));
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
        }

        await ReportAsync(cancellation);
        LogEnded(_logger, _pod.Key(), _reporter.Last?.Phase);
    }

    public void Dispose()
    {
        foreach (ContainerRunner container in _containers)
        {
            container.Dispose();
        }

        _changed.Dispose();
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        while (_changed.CurrentCount > 0)
        {
            await _changed.WaitAsync(cancellation);
        }

        PodEnding? ending = _ending.Task.IsCompletedSuccessfully ? await _ending.Task : null;
        ContainerStatus[] statuses = [.. _containers.Select(static container => container.Status)];
        PodStatus status = PodStatuses.Build(_pod, _address, statuses, ending, _reporter.Last, _node.Time.GetUtcNow());
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
            await Task.WhenAll(_containers.Select(container => container.StopAsync(ending.Grace)));
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
}
