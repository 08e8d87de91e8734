using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Tools;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>The tools of one step, found once and closed at its end.</summary>
internal sealed class ToolLease(AgentParts parts, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ToolKeeper _keeper = parts.CreateToolKeeper(loggers);

    /// <exception cref="StepFailedException">A server cannot be used: without its tools a model would answer all the same, and wrongly.</exception>
    public async Task FindAsync(CancellationToken cancellation)
    {
        if (await _keeper.FindAllAsync(cancellation) is { Count: > 0 } missing)
        {
            throw new StepFailedException($"Tools are missing: {string.Join("; ", parts.Toolbox.Report().Where(server => missing.Contains(server.Server)).Select(static server => $"{server.Server}: {server.Problem}"))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IToolServer server in parts.ToolServers)
        {
            await server.DisposeAsync();
        }

        _keeper.Dispose();
        parts.Models.Dispose();
        parts.Telemetry.Dispose();
    }
}
