using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Sharding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Hosting;

/// <summary>Starts reflectors, waits until all stores are filled and, with an elector, until this process leads; then starts controllers. Stops in the reverse order.
/// A follower keeps its caches filled, so that it can take over without a list.</summary>
public sealed partial class ControllerService(
    IEnumerable<IReflector> reflectors,
    IEnumerable<IController> controllers,
    ILogger<ControllerService> logger,
    IElector? elector = null,
    TimeProvider? time = null,
    EventRecorder? events = null,
    ShardClaims? claims = null) : BackgroundService
{
    /// <summary>How long the caches may take to be filled before the log names those that are not.</summary>
    public static readonly TimeSpan SyncPatience = TimeSpan.FromMinutes(2);

    /// <summary>How long the reconciles under way may take to end.</summary>
    public static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(25);

    /// <summary>How long events that are not written yet may take.</summary>
    public static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(4);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource caches = new();
        IReflector[] all = [.. reflectors];
        Task[] reflecting = [.. all.Select(reflector => reflector.RunAsync(caches.Token))];
        try
        {
            await FilledAsync(all, stoppingToken);
            LogSynced(logger, all.Length);
            if (elector is null)
            {
                await WorkAsync(lost: null, stoppingToken);
            }
            else
            {
                await LeadAsync(elector, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
        finally
        {
            await caches.CancelAsync();
            await Task.WhenAll(reflecting);
        }
    }

    /// <summary>Waits for as long as it takes: a definition may be installed later, a right granted later. But it says what it waits for.</summary>
    private async Task FilledAsync(IReflector[] all, CancellationToken stopping)
    {
        Task filled = Task.WhenAll(all.Select(static reflector => reflector.Synced));
        while (true)
        {
            try
            {
                await filled.WaitAsync(SyncPatience, _time, stopping);
                return;
            }
            catch (TimeoutException)
            {
                foreach (IReflector reflector in all.Where(static reflector => !reflector.Synced.IsCompleted))
                {
                    LogWaiting(logger, reflector.Description, reflector.Problem ?? "the list is not complete");
                }
            }
        }
    }

    /// <summary>The lease is kept until the last reconcile has ended, and given up only then.</summary>
    private async Task LeadAsync(IElector lease, CancellationToken stopping)
    {
        await lease.AcquireAsync(stopping);
        using CancellationTokenSource end = new();
        Task holding = lease.HoldAsync(end.Token);
        try
        {
            await WorkAsync(holding, stopping);
        }
        finally
        {
            await end.CancelAsync();
            await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (holding.IsFaulted)
        {
            await holding;
        }

        await lease.ReleaseAsync(CancellationToken.None);
    }

    /// <summary>Runs the controllers until told to stop, until one of them fails, or until the lease is lost.</summary>
    private async Task WorkAsync(Task? lost, CancellationToken stopping)
    {
        using CancellationTokenSource work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] running = [.. controllers.Select(controller => claims is null || controller.IsShared ? controller.RunAsync(work.Token) : new SingletonRunner(controller, claims).RunAsync(work.Token))];
        Task stop = Task.Delay(Timeout.InfiniteTimeSpan, _time, stopping);
        await Task.WhenAny([lost ?? stop, stop, .. running]);
        await work.CancelAsync();
        try
        {
            await Task.WhenAll(running).WaitAsync(DrainPatience, _time, CancellationToken.None);
        }
        catch (TimeoutException error)
        {
            // The lease stays: who is still under way may still write.
            throw new TimeoutException($"Reconciles have not ended within {DrainPatience.TotalSeconds:0} s of being told to stop.", error);
        }

        if (events is not null && lost is not { IsFaulted: true })
        {
            await events.FlushAsync(FlushPatience);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Caches of {Count} kinds are filled")]
    private static partial void LogSynced(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Error, "Still waiting for {Resource} to be read for the first time: {Problem}")]
    private static partial void LogWaiting(ILogger logger, string resource, string problem);

    [LoggerMessage(2, LogLevel.Information, "Stopped before there was anything to do")]
    private static partial void LogStopped(ILogger logger);
}
