using System.Text.Json;
using AgentOperator.Api.Prices;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Agents.Observing;

/// <summary>The price catalogue of the operator's own namespace, read again each minute: the last good one, if it is gone or broken for a while.</summary>
internal sealed partial class PriceCatalogueReader(KubeClient client, AgentPlatform platform, string? name, TimeProvider time, ILogger<PriceCatalogueReader> logger) : IDisposable
{
    public const string Key = "prices.json";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _reading = new(1);
    private (JsonElement? Prices, long At)? _known;
    private string? _problem;

    /// <summary>Null when there has been none that can be used since the operator started.</summary>
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
                _known = known = (Parse(map) ?? _known?.Prices, time.GetTimestamp());
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
            return Refuse($"it is not there, or has no key {Key}");
        }

        try
        {
            PriceCatalogue.Parse(text);
            using JsonDocument document = JsonDocument.Parse(text);
            _problem = null;
            return document.RootElement.Clone();
        }
        catch (PriceCatalogueException error)
        {
            return Refuse(error.Message);
        }
    }

    /// <summary>Says it once, not each minute.</summary>
    private JsonElement? Refuse(string problem)
    {
        if (problem != _problem)
        {
            LogProblem(logger, platform.OperatorNamespace, name!, problem, _known?.Prices is null ? "there are none" : "those from before stay");
        }

        _problem = problem;
        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "ConfigMap {Ns}/{Name} gives no prices, {Instead}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string ns, string name, string problem, string instead);
}
