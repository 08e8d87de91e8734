using System.Collections.Concurrent;
using System.Threading.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Local.Jobs;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Simulation;

/// <summary>Ends each Job after a set time with one status write and no pods: the node of benchmarks.</summary>
internal sealed partial class SimulatedNode
{
    private const int Writers = 32;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly KubeClient _client;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly ILogger<SimulatedNode> _logger;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly Channel<(Job Job, DateTimeOffset Due)> _due = Channel.CreateUnbounded<(Job, DateTimeOffset)>();

    public SimulatedNode(KubeClient client, ObjectStore<Job> jobs, TimeSpan delay, TimeProvider time, ILogger<SimulatedNode> logger)
    {
        _client = client;
        _delay = delay;
        _time = time;
        _logger = logger;
        jobs.Subscribe(Changed);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        Channel<Job> ready = Channel.CreateUnbounded<Job>();
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(_ => WriteAsync(ready.Reader, cancellation))];
        try
        {
            // All wait equally long, so that the order in which they come is the order in which they are due.
            await foreach ((Job job, DateTimeOffset due) in _due.Reader.ReadAllAsync(cancellation))
            {
                TimeSpan wait = due - _time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, cancellation);
                }

                ready.Writer.TryWrite(job);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogStopped(_logger);
        }

        await Task.WhenAll(writers);
    }

    private void Changed(Job? before, Job? after)
    {
        if (after is null)
        {
            _seen.TryRemove(before!.Metadata.Uid!, out _);
        }
        else if (after.Spec?.Suspend != true && !JobConditions.IsFinished(after.Status))
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (_seen.TryAdd(after.Metadata.Uid!, now))
            {
                _due.Writer.TryWrite((after, now + _delay));
            }
        }
    }

    private async Task WriteAsync(ChannelReader<Job> ready, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await foreach (Job job in ready.ReadAllAsync(cancellation))
            {
                await FinishAsync(job, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
    }

    private async Task FinishAsync(Job job, CancellationToken cancellation)
    {
        DateTimeOffset started = _seen.GetValueOrDefault(job.Metadata.Uid!, _time.GetUtcNow());
        while (true)
        {
            try
            {
                await _client.Resource<Job>(job.Metadata.Namespace).PatchStatusAsync(job.Metadata.Name!, SimulatedOutcome.Patch(job, started, _time.GetUtcNow()), cancellation);
                return;
            }
            catch (KubeApiException error) when (error.IsNotFound || error.IsConflict || error.IsInvalid)
            {
                LogGone(_logger, job.Key(), error.Message);
                return;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
            {
                LogRetry(_logger, job.Key(), error.Message);
                await Task.Delay(Retry, _time, cancellation);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Simulated Jobs stop")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "Job {Job} takes no status any more: {Message}")]
    private static partial void LogGone(ILogger logger, ObjectKey job, string message);

    [LoggerMessage(3, LogLevel.Warning, "Job {Job}: status not written, trying again: {Message}")]
    private static partial void LogRetry(ILogger logger, ObjectKey job, string message);
}
