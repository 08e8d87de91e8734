using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>Exports the spans of one step; disposing flushes them.</summary>
internal sealed class TraceExportScope : IAsyncDisposable
{
    private readonly TraceExport _export;

    private TraceExportScope(TraceExport export) => _export = export;

    public static async Task<TraceExportScope> StartAsync(RuntimeConfig config, Func<string, string?> environment, CancellationToken cancellation)
    {
        TraceExport export = new(config, environment);
        await export.StartAsync(cancellation);
        return new TraceExportScope(export);
    }

    public async ValueTask DisposeAsync()
    {
        await _export.StopAsync(CancellationToken.None);
        _export.Dispose();
    }
}
