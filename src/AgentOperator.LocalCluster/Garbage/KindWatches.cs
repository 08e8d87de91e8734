using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.ApiExtensions;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Garbage;

/// <summary>Follows the metadata of every kind that is served, custom kinds from the time on that they are.</summary>
internal sealed partial class KindWatches : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly RawClient _client;
    private readonly ObjectStore<CustomResourceDefinition> _definitions;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<KindWatches> _logger;
    private readonly SemaphoreSlim _changed = new(1);
    private readonly Dictionary<ResourceDefinition, WatchedKind> _watched = [];
    private volatile IReadOnlyList<ServedKind> _served = [];

    public KindWatches(RawClient client, ObjectStore<CustomResourceDefinition> definitions, TimeProvider time, ILoggerFactory loggers)
    {
        _client = client;
        _definitions = definitions;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<KindWatches>();
        definitions.Subscribe((before, after) =>
        {
            if (before is null || after is null || IsEstablished(before) != IsEstablished(after))
            {
                _changed.Release();
            }
        });
    }

    public ServedKind? Find(string apiVersion, string kind)
    {
        int slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? "" : apiVersion[..slash];
        return _served.FirstOrDefault(served => served.Resource.Kind == kind && served.Resource.Group == group);
    }

    public void Dispose() => _changed.Dispose();

    public async Task RunAsync(Action<ServedKind, MetadataObject?, MetadataObject?> changed, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await _changed.WaitAsync(cancellation);
                while (!await RefreshAsync(changed, cancellation))
                {
                    await Task.Delay(Poll, _time, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogStopped(_logger);
        }

        foreach (WatchedKind watched in _watched.Values)
        {
            await watched.EndAsync();
        }
    }

    private static bool IsEstablished(CustomResourceDefinition definition) =>
        definition.Status?.Conditions?.Any(static condition => condition is { Type: "Established", Status: ConditionStatus.True }) == true;

    /// <summary>Events own nothing, are many, and expire by themselves.</summary>
    private static bool IsWatched(ServedKind kind) => kind.Can("list", "watch", "delete") && kind.Resource.Plural != "events";

    /// <summary>False while discovery does not show every custom kind that is established.</summary>
    private async Task<bool> RefreshAsync(Action<ServedKind, MetadataObject?, MetadataObject?> changed, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<ServedKind> served = await Discovery.ReadAsync(_client, cancellation);
            _served = served;
            foreach (ServedKind kind in served.Where(kind => IsWatched(kind) && !_watched.ContainsKey(kind.Resource)))
            {
                _watched[kind.Resource] = Watch(kind, changed, cancellation);
            }

            foreach (ResourceDefinition gone in _watched.Keys.Except(served.Select(static kind => kind.Resource)).ToArray())
            {
                await EndAsync(gone, changed);
            }

            return _definitions.All.Where(static definition => IsEstablished(definition) && !definition.IsTerminating())
                .All(definition => served.Any(kind => kind.Resource.QualifiedName == definition.Metadata.Name));
        }
        catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
        {
            LogFailed(_logger, error.Message);
            return false;
        }
    }

    private WatchedKind Watch(ServedKind kind, Action<ServedKind, MetadataObject?, MetadataObject?> changed, CancellationToken cancellation)
    {
        ObjectStore<MetadataObject> store = new();
        store.Subscribe((before, after) => changed(kind, before, after));
        Reflector<MetadataObject> reflector = new(new MetadataSource(_client, kind, _time), store, _time, new Random(), _loggers.CreateLogger<Reflector<MetadataObject>>());
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        return new WatchedKind(kind, store, stop, reflector.RunAsync(stop.Token));
    }

    /// <summary>The kind's objects have gone with its definition.</summary>
    private async Task EndAsync(ResourceDefinition gone, Action<ServedKind, MetadataObject?, MetadataObject?> changed)
    {
        _watched.Remove(gone, out WatchedKind? watched);
        await watched!.EndAsync();
        foreach (MetadataObject item in watched.Store.All)
        {
            changed(watched.Kind, item, null);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Watches of metadata end")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "Discovery failed, trying again: {Message}")]
    private static partial void LogFailed(ILogger logger, string message);
}
