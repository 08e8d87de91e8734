using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.LeaderElection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Hosting;

/// <summary>Starts reflectors, waits until all stores are filled and, with an elector, until this process leads; then starts controllers. Stops in the reverse order.
/// A follower keeps its caches filled, so that it can take over without a list.</summary>
public sealed partial class ControllerService(
    IEnumerable<IReflector> reflectors,
    IEnumerable<IController> controllers,
    ILogger<ControllerService> logger,
    LeaderElector? elector = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource caches = new();
        IReflector[] all = [.. reflectors];
        Task[] reflecting = [.. all.Select(reflector => reflector.RunAsync(caches.Token))];
        try
        {
            await Task.WhenAll(all.Select(static reflector => reflector.Synced)).WaitAsync(stoppingToken);
            LogSynced(logger, all.Length);
            if (elector is null)
            {
                await WorkAsync(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken), stoppingToken);
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

    /// <summary>The lease is kept until the last reconcile has ended, and given up only then.</summary>
    private async Task LeadAsync(LeaderElector lease, CancellationToken stopping)
    {
        await lease.AcquireAsync(stopping);
        using CancellationTokenSource end = new();
        Task holding = lease.HoldAsync(end.Token);
        await WorkAsync(holding, stopping);
        await end.CancelAsync();
        await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (holding.IsFaulted)
        {
            await holding;
        }

        await lease.ReleaseAsync(CancellationToken.None);
    }

    /// <summary>Runs the controllers until told to stop, until one of them fails, or until the lease is lost.</summary>
    private async Task WorkAsync(Task until, CancellationToken stopping)
    {
        using CancellationTokenSource work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] running = [.. controllers.Select(controller => controller.RunAsync(work.Token))];
        await Task.WhenAny([until, .. running]);
        await work.CancelAsync();
        await Task.WhenAll(running);
    }

    [LoggerMessage(1, LogLevel.Information, "Caches of {Count} kinds are filled")]
    private static partial void LogSynced(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Information, "Stopped before there was anything to do")]
    private static partial void LogStopped(ILogger logger);
}
