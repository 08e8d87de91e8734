using System.Text.Json;
using AgentOperator.Api.Prices;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Agents.Observing;

/// <summary>The price catalogue of the operator's own namespace, read again each minute.</summary>
internal sealed partial class PriceCatalogueReader(KubeClient client, AgentPlatform platform, string? name, TimeProvider time, ILogger<PriceCatalogueReader> logger) : IDisposable
{
    public const string Key = "prices.json";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _reading = new(1);
    private (JsonElement? Prices, long At)? _known;

    /// <summary>Null when there is none, or none that can be used.</summary>
    public async Task<JsonElement?> ReadAsync(CancellationToken cancellation)
    {
        if (name is null)
        {
            return null;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            if (_known is not { } known || time.GetElapsedTime(known.At) >= Lifetime)
            {
                ConfigMap? map = await client.Resource<ConfigMap>(platform.OperatorNamespace).FindAsync(name, cancellation);
                _known = known = (Parse(map), time.GetTimestamp());
            }

            return known.Prices;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private JsonElement? Parse(ConfigMap? map)
    {
        if (map?.Data?.GetValueOrDefault(Key) is not { } text)
        {
            LogProblem(logger, platform.OperatorNamespace, name!, $"it is not there, or has no key {Key}");
            return null;
        }

        try
        {
            PriceCatalogue.Parse(text);
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (PriceCatalogueException error)
        {
            LogProblem(logger, platform.OperatorNamespace, name!, error.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "ConfigMap {Ns}/{Name} gives no prices: {Problem}")]
    private static partial void LogProblem(ILogger logger, string ns, string name, string problem);
}
