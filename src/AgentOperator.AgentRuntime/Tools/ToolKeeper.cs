using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Looks for the tools of every server: at the start, again after a failure (5 s, then twice as long up to a minute), and every five minutes.</summary>
internal sealed partial class ToolKeeper(IReadOnlyList<IToolServer> servers, Toolbox toolbox, TimeProvider time, ILogger<ToolKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan FindTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FindPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FindAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Asks every server, and those that cannot be used again each second for half a minute. Gives the names of those that never could.</summary>
    public async Task<IReadOnlyList<string>> FindAllAsync(CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        IReadOnlyList<IToolServer> left = servers;
        while (true)
        {
            bool[] found = await Task.WhenAll(left.Select(server => TryAsync(server, cancellation)));
            left = [.. left.Where((_, index) => !found[index])];
            if (left.Count == 0 || time.GetElapsedTime(started) >= FindPatience)
            {
                toolbox.SetTried();
                return [.. left.Select(static server => server.Name)];
            }

            await Task.Delay(FindAgain, time, cancellation);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (IToolServer server in servers)
        {
            await server.DisposeAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool[] found = await Task.WhenAll(servers.Select(server => TryAsync(server, stoppingToken)));
        toolbox.SetTried();
        await Task.WhenAll(servers.Select((server, index) => KeepAsync(server, found[index], stoppingToken)));
    }

    private async Task KeepAsync(IToolServer server, bool isFound, CancellationToken cancellation)
    {
        TimeSpan delay = FirstDelay;
        try
        {
            while (true)
            {
                await Task.Delay(isFound ? Interval : delay, time, cancellation);
                delay = isFound ? FirstDelay : TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
                isFound = await TryAsync(server, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task<bool> TryAsync(IToolServer server, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = new(FindTimeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            FoundTools found = await server.FindAsync(linked.Token).WaitAsync(linked.Token);
            toolbox.Set(server.Name, found);
            if (found.Problem is { } problem)
            {
                LogProblem(logger, server.Name, problem);
            }

            return true;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            string problem = error is OperationCanceledException ? $"it does not answer within {FindTimeout.TotalSeconds:0} s" : $"it cannot be used: {ToolTexts.Describe(error)}";
            toolbox.Set(server.Name, new FoundTools([], problem));
            LogProblem(logger, server.Name, problem);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Tools of {Server}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string server, string problem);
}
