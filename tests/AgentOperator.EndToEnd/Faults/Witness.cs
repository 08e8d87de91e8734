using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd.Faults;

/// <summary>A reflector whose every word is checked against what it said before.</summary>
internal sealed class Witness
{
    private readonly Reflector<ConfigMap> _reflector;
    private readonly Dictionary<ObjectKey, ConfigMap> _told = [];

    public Witness(ResourceClient<ConfigMap> client, int seed)
    {
        Store.Subscribe(Tell);
        _reflector = new Reflector<ConfigMap>(
            new ApiObjectSource<ConfigMap>(client, watchTimeout: TimeSpan.FromSeconds(5)),
            Store,
            TimeProvider.System,
            new Random(seed),
            NullLogger<Reflector<ConfigMap>>.Instance);
    }

    public ObjectStore<ConfigMap> Store { get; } = new();

    /// <summary>What follows from all notifications, one after the other.</summary>
    public IEnumerable<ConfigMap> Told => _told.Values;

    /// <summary>Notifications that contradict an earlier one.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public static string[] Versions(IEnumerable<ConfigMap> items) => [.. items.Select(static item => $"{item.Metadata.Name} {item.Metadata.Uid} {item.Metadata.ResourceVersion}").Order(StringComparer.Ordinal)];

    public Task RunAsync(CancellationToken cancellation) => _reflector.RunAsync(cancellation);

    private void Tell(ConfigMap? before, ConfigMap? after)
    {
        ObjectKey key = (before ?? after)!.Key();
        if (_told.GetValueOrDefault(key)?.Metadata.ResourceVersion != before?.Metadata.ResourceVersion)
        {
            Wrong.Enqueue($"{key}: told a change of {before?.Metadata.ResourceVersion}, but {_told.GetValueOrDefault(key)?.Metadata.ResourceVersion} was told last");
        }

        if (before is not null && after is not null && before.Metadata.Uid == after.Metadata.Uid && !ResourceVersions.AtLeast(after.Metadata.ResourceVersion!, before.Metadata.ResourceVersion!))
        {
            Wrong.Enqueue($"{key}: went back from {before.Metadata.ResourceVersion} to {after.Metadata.ResourceVersion}");
        }

        if (after is null)
        {
            _told.Remove(key);
        }
        else
        {
            _told[key] = after;
        }
    }
}
