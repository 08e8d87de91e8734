using System.Text.Json.Nodes;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>Results of one step's items: a row of ConfigMaps of which the last one takes more until it is full and sealed. Each key is written once, whoever writes at the same time: a write names the version that it was decided from.
/// What comes while a write is under way goes with the next one.</summary>
internal sealed class ResultLog(KubeClient client, ResultLogTarget target)
{
    /// <summary>Bytes of all results of a step's items: the next step reads them as lists.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    // What a ConfigMap takes, less a key.
    private const int MaxResultBytes = (1024 * 1024) - 1024;
    private const int Tries = 50;

    private readonly ResourceClient<ConfigMap> _maps = client.Resource<ConfigMap>(target.Namespace);
    private readonly Lock _gate = new();
    private List<PendingResult> _pending = [];
    private List<ResultPart>? _parts;
    private bool _isWriting;

    /// <summary>Nothing is on its way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isWriting;
            }
        }
    }

    public Task<KeepOutcome> KeepAsync(string key, string text, bool isBounded, CancellationToken cancellation)
    {
        PendingResult result = new(key, text, isBounded);
        lock (_gate)
        {
            _pending.Add(result);
            if (_isWriting)
            {
                return result.Done.WaitAsync(cancellation);
            }

            _isWriting = true;
        }

        // Who gives up waiting must not take the others' results along.
        _ = Task.Run(WriteAllAsync, CancellationToken.None);
        return result.Done.WaitAsync(cancellation);
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<PendingResult> batch;
            lock (_gate)
            {
                batch = _pending;
                _pending = [];
                _isWriting = batch.Count > 0;
            }

            if (batch.Count == 0)
            {
                return;
            }

            try
            {
                await WriteAsync(batch);
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                // Whether it was written is not known: the next write reads what there is.
                _parts = null;
                batch.ForEach(result => result.Fail(error));
            }
        }
    }

    private async Task WriteAsync(List<PendingResult> batch)
    {
        for (int i = 0; batch.Count > 0; i++)
        {
            List<ResultPart> parts = _parts ??= await ReadAsync();
            batch = Open(parts, batch);
            if (batch.Count == 0)
            {
                return;
            }

            (PendingResult[] fitting, bool isFull) = Fitting(parts, batch);
            try
            {
                await WriteAsync(parts, fitting, isFull);
                foreach (PendingResult result in fitting)
                {
                    result.Answer(KeepOutcome.Kept);
                }

                batch = [.. batch.Except(fitting)];
            }
            catch (KubeApiException error) when ((error.IsConflict || error.IsAlreadyExists || error.IsNotFound) && i < Tries)
            {
                // Another replica was faster.
                _parts = null;
            }
        }
    }

    /// <summary>Those that are neither kept nor too much; the others are answered. Of two with one key the second one waits for the first.</summary>
    private static List<PendingResult> Open(List<ResultPart> parts, List<PendingResult> batch)
    {
        List<PendingResult> open = [];
        long bytes = parts.Sum(static part => part.Bytes);
        foreach (PendingResult result in batch)
        {
            if (parts.Select(part => part.Has(result.Key, result.Text)).FirstOrDefault(static has => has is not null) is { } isSame)
            {
                result.Answer(isSame ? KeepOutcome.KeptBefore : KeepOutcome.Different);
            }
            else if (result.Size > MaxResultBytes || (result.IsBounded && bytes + result.Size > MaxBytes))
            {
                result.Answer(KeepOutcome.Full);
            }
            else
            {
                bytes += result.Size;
                open.Add(result);
            }
        }

        return open;
    }

    /// <summary>The first of them that the open part takes; a new part takes at least one.</summary>
    private static (PendingResult[] Results, bool IsFull) Fitting(List<ResultPart> parts, List<PendingResult> batch)
    {
        ResultPart? last = parts.Count > 0 && !parts[^1].IsSealed ? parts[^1] : null;
        long bytes = last?.Bytes ?? 0;
        int keys = last?.Keys ?? 0;
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (PendingResult result in batch)
        {
            bytes += result.Size;
            if (keys > 0 && (bytes > ResultPart.MaxBytes || keys == ResultPart.MaxKeys))
            {
                return ([.. batch.Take(taken.Count)], true);
            }

            if (!taken.Add(result.Key))
            {
                break;
            }

            keys++;
        }

        return ([.. batch.Take(taken.Count)], false);
    }

    private async Task WriteAsync(List<ResultPart> parts, PendingResult[] results, bool isFull)
    {
        if (parts.Count == 0 || parts[^1].IsSealed)
        {
            ConfigMap made = new()
            {
                Metadata = target.Part(parts.Count),
                Immutable = isFull ? true : null,
                Data = results.ToDictionary(static result => result.Key, static result => result.Text, StringComparer.Ordinal),
            };
            parts.Add(new ResultPart(await _maps.CreateAsync(made, CancellationToken.None)));
            return;
        }

        JsonObject data = [];
        foreach (PendingResult result in results)
        {
            data[result.Key] = result.Text;
        }

        JsonObject patch = new() { ["metadata"] = new JsonObject { ["resourceVersion"] = parts[^1].ResourceVersion }, ["data"] = data };
        if (isFull)
        {
            patch["immutable"] = true;
        }

        byte[] json = System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString());
        parts[^1] = new ResultPart(await _maps.PatchAsync(ItemNames.ResultsPart(target.Name, parts.Count - 1), Patch.Merge(json), CancellationToken.None));
    }

    private async Task<List<ResultPart>> ReadAsync()
    {
        List<ResultPart> parts = [];
        while (await _maps.FindAsync(ItemNames.ResultsPart(target.Name, parts.Count), CancellationToken.None) is { } map)
        {
            if (!map.IsOursOf(target.Workflow.Metadata.Uid))
            {
                throw new InvalidOperationException($"ConfigMap {map.Metadata.Name} exists and is not the operator's own of Workflow {target.Workflow.Metadata.Name}: delete it");
            }

            parts.Add(new ResultPart(map));
        }

        return parts;
    }
}
