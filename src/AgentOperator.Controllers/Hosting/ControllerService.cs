using AgentOperator.Controllers.Caching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Hosting;

/// <summary>Starts reflectors, waits until all stores are filled, then starts controllers; stops in the reverse order.</summary>
public sealed partial class ControllerService(IEnumerable<IReflector> reflectors, IEnumerable<IController> controllers, ILogger<ControllerService> logger) : BackgroundService
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
            await Task.WhenAll(controllers.Select(controller => controller.RunAsync(stoppingToken)));
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

    [LoggerMessage(1, LogLevel.Information, "Caches of {Count} kinds are filled; controllers start")]
    private static partial void LogSynced(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Information, "Stopped before the caches were filled")]
    private static partial void LogStopped(ILogger logger);
}
