using System.Collections.Concurrent;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>Keeps and reads results of items.</summary>
[RequiresAccess<ConfigMap>(Verbs.Create, Verbs.Get, Verbs.Patch)]
internal sealed class ResultLogs(KubeClient client)
{
    // A log that is forgotten is read again when the next result comes.
    private const int MaxOpen = 32;

    private readonly ConcurrentDictionary<(string Uid, string Name), ResultLog> _open = new();

    /// <summary>Keeps one result; completes when it is durable.</summary>
    /// <param name="target">Where.</param>
    /// <param name="key">Its key.</param>
    /// <param name="text">The result.</param>
    /// <param name="isBounded">False for a termination message: it is kept whatever there is.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public Task<KeepOutcome> KeepAsync(ResultLogTarget target, string key, string text, bool isBounded, CancellationToken cancellation)
    {
        (string, string) id = (target.Workflow.Metadata.Uid!, target.Name);
        if (_open.Count >= MaxOpen && !_open.ContainsKey(id))
        {
            foreach ((var other, ResultLog log) in _open)
            {
                if (log.IsIdle)
                {
                    _open.TryRemove(other, out _);
                }
            }
        }

        return _open.GetOrAdd(id, _ => new ResultLog(client, target)).KeepAsync(key, text, isBounded, cancellation);
    }

    /// <summary>What the items of a step gave so far.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">What the names of the ConfigMaps begin with.</param>
    /// <param name="owner">Uid of the Workflow; null to take what has the name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ItemResults> ReadAsync(string ns, string name, string? owner, CancellationToken cancellation)
    {
        List<IReadOnlyDictionary<string, string>> parts = [];
        for (int i = 0; await client.Resource<ConfigMap>(ns).FindAsync(ItemNames.ResultsPart(name, i), cancellation) is { } map && (owner is null || map.IsOursOf(owner)); i++)
        {
            parts.Add(map.Data ?? new Dictionary<string, string>());
        }

        return ItemResults.Of(parts);
    }
}
