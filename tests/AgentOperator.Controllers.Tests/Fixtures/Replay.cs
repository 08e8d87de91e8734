using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Fixtures;

/// <summary>What a subscriber would know from the notifications alone; a notification that contradicts the ones before is a fault.</summary>
internal sealed class Replay
{
    private readonly Dictionary<ObjectKey, ConfigMap> _items = [];
    private readonly ConcurrentQueue<string> _told = new();

    public Replay(ObjectStore<ConfigMap> store) => store.Subscribe(Take);

    public IReadOnlyDictionary<ObjectKey, ConfigMap> Items => _items;

    public List<string> Faults { get; } = [];

    /// <summary>The notifications as <c>+name@version</c>, <c>~name@version</c> and <c>-name@version</c>.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    private void Take(ConfigMap? before, ConfigMap? after)
    {
        ObjectKey key = (after ?? before)!.Key();
        ConfigMap? known = _items.GetValueOrDefault(key);
        if (!ReferenceEquals(known, before))
        {
            Faults.Add($"{key}: told {before?.Metadata.ResourceVersion} as before, was {known?.Metadata.ResourceVersion}");
        }

        if (before is not null && after is not null && before.Metadata.Uid != after.Metadata.Uid)
        {
            Faults.Add($"{key}: two objects told as one");
        }

        if (after is null)
        {
            _items.Remove(key);
        }
        else
        {
            _items[key] = after;
        }

        string sign = before is null ? "+" : after is null ? "-" : "~";
        _told.Enqueue($"{sign}{key.Name}@{(after ?? before)!.Metadata.ResourceVersion}");
    }
}
