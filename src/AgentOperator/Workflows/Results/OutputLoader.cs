using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Items.Keeping;

namespace AgentOperator.Workflows.Results;

/// <summary>Reads results that are kept outside of status. What was read once is kept for a while: a digest never means anything else.</summary>
[RequiresAccess<ConfigMap>(Verbs.Get)]
internal sealed class OutputLoader(KubeClient client, ResultLogs logs)
{
    private const long MaxCachedBytes = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, JsonElement> _known = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The value; null when it is gone, or is not what the reference says.</summary>
    /// <param name="ns">Namespace of the Workflow.</param>
    /// <param name="reference">Where it is.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<JsonElement?> LoadAsync(string ns, OutputReference reference, CancellationToken cancellation)
    {
        if (_known.TryGetValue(reference.Sha256, out JsonElement known))
        {
            return known;
        }

        try
        {
            return reference.Items is { } items ? await LoadListAsync(ns, reference, items, cancellation) : await LoadOneAsync(ns, reference, cancellation);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Somebody wrote something else there: no JSON, no object, or half a surrogate pair.
            return null;
        }
    }

    private async Task<JsonElement?> LoadOneAsync(string ns, OutputReference reference, CancellationToken cancellation)
    {
        ConfigMap? map = await client.Resource<ConfigMap>(ns).FindAsync(reference.ConfigMap, cancellation);
        if (map?.Data?.GetValueOrDefault(PostedResult.Key) is not { } text)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonProperty output in document.RootElement.EnumerateObject())
        {
            if (OutputSpill.Digest(output.Value) == reference.Sha256)
            {
                JsonElement loaded = output.Value.Clone();
                Keep(reference, loaded);
                return loaded;
            }
        }

        return null;
    }

    /// <summary>A list is put together from the items' results anew: the digest says which of their outputs it is of.</summary>
    private async Task<JsonElement?> LoadListAsync(string ns, OutputReference reference, ItemsReference items, CancellationToken cancellation)
    {
        ItemResults results = await logs.ReadAsync(ns, reference.ConfigMap, null, cancellation);
        IndexRanges places = IndexRanges.Parse(items.Places);
        string[] names = [.. places.Select(results.Of).Where(static text => text is not null).Take(1).SelectMany(static text => ItemOutputs.NamesIn(text!))];
        foreach ((_, JsonElement list) in ItemOutputs.Lists(names, items.Total, places, results.Of))
        {
            if (OutputSpill.Digest(list) == reference.Sha256)
            {
                Keep(reference, list);
                return list;
            }
        }

        return null;
    }

    private void Keep(OutputReference reference, JsonElement value)
    {
        if (Interlocked.Add(ref _bytes, reference.Bytes) > MaxCachedBytes)
        {
            _known.Clear();
            Interlocked.Exchange(ref _bytes, reference.Bytes);
        }

        _known[reference.Sha256] = value;
    }
}
