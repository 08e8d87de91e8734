using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Tools;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>The tools of one step, found once and closed at its end.</summary>
internal sealed class ToolLease(AgentParts parts, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ToolKeeper _keeper = parts.CreateToolKeeper(loggers);

    public Task FindAsync(CancellationToken cancellation) => _keeper.FindAllAsync(cancellation);

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
