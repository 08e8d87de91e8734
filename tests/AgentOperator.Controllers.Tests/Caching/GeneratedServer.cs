using System.Runtime.CompilerServices;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>Plays a generated history to whoever watches. After its end one last watch delivers what is missing, and stays open.</summary>
internal sealed class GeneratedServer(IReadOnlyList<ServerStep> steps) : IObjectSource<ConfigMap>
{
    private readonly Dictionary<string, (ConfigMap Item, bool Readable)> _truth = [];
    private readonly List<(int Version, WatchEvent<ConfigMap> Event)> _log = [];
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _version = 100;
    private int _objects;
    private int _repeated;
    private int _forgotten;
    private bool _refused;
    private bool _listFails;

    public IReadOnlyDictionary<string, (ConfigMap Item, bool Readable)> Truth => _truth;

    /// <summary>Completes when everything that happened has been delivered.</summary>
    public Task Delivered => _delivered.Task;

    public Task<KubeList<ConfigMap>> ListAsync(CancellationToken cancellation)
    {
        if (_listFails)
        {
            _listFails = false;
            return Task.FromException<KubeList<ConfigMap>>(new HttpRequestException("generated"));
        }

        ConfigMap[] items = [.. _truth.Values.Where(static entry => entry.Readable).Select(static entry => entry.Item)];
        UnreadableObject[] unreadable = [.. _truth.Values.Where(static entry => !entry.Readable).Select(static entry => new UnreadableObject(entry.Item.Metadata, "generated"))];
        return Task.FromResult(new KubeList<ConfigMap>(new ListMeta { ResourceVersion = $"{_version}" }, items, unreadable));
    }

    public async IAsyncEnumerable<WatchEvent<ConfigMap>> WatchAsync(string resourceVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_refused)
        {
            _refused = false;
            throw Maps.Refusal(503, "ServiceUnavailable");
        }

        int from = int.Parse(resourceVersion, System.Globalization.CultureInfo.InvariantCulture);
        if (from < _forgotten)
        {
            throw Maps.Refusal(410, "Expired");
        }

        int at = Math.Max(0, _log.FindIndex(entry => entry.Version > from) is >= 0 and var index ? index - _repeated : _log.Count - _repeated);
        _repeated = 0;
        int lag = steps.Skip(_next).OfType<ServerStep.Cut>().FirstOrDefault()?.Lost ?? 0;
        ServerStep.Cut? cut = null;
        while (cut is null && _next < steps.Count)
        {
            cut = Play(steps[_next++]);
            for (; at < _log.Count - lag; at++)
            {
                yield return _log[at].Event;
            }
        }

        if (cut is null)
        {
            for (; at < _log.Count; at++)
            {
                yield return _log[at].Event;
            }

            _delivered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }

        switch (cut!.End)
        {
            case WatchEnd.Broken:
                throw new IOException("generated");
            case WatchEnd.ErrorEvent:
                yield return Maps.Error(500, "InternalError");
                break;
            case WatchEnd.ExpiredEvent:
                yield return Maps.Error(410, "Expired");
                break;
        }
    }

    private ServerStep.Cut? Play(ServerStep step)
    {
        switch (step)
        {
            case ServerStep.Write write:
                Write(write.Name, write.Readable);
                break;
            case ServerStep.Delete delete:
                Delete(delete.Name);
                break;
            case ServerStep.Recreate recreate:
                Delete(recreate.Name);
                Write(recreate.Name, recreate.Readable);
                break;
            case ServerStep.Bookmark:
                _version++;
                _log.Add((_version, Maps.Bookmark($"{_version}")));
                break;
            case ServerStep.Cut cut:
                _repeated = cut.Repeated;
                _forgotten = cut.End is WatchEnd.ExpiredEvent or WatchEnd.ExpiredAtTheNextStart ? ++_version : _forgotten;
                _refused = cut.End == WatchEnd.Refused;
                _listFails = cut.End == WatchEnd.ListFails;
                return cut;
        }

        return null;
    }

    private void Write(string name, bool readable)
    {
        bool isNew = !_truth.TryGetValue(name, out (ConfigMap Item, bool Readable) before);
        string uid = isNew ? $"u-{++_objects}" : before.Item.Metadata.Uid!;
        ConfigMap item = Maps.Map(name, $"{++_version}", uid);
        _truth[name] = (item, readable);
        _log.Add((_version, !readable ? Maps.Broken(new UnreadableObject(item.Metadata, "generated")) : isNew ? Maps.Added(item) : Maps.Modified(item)));
    }

    private void Delete(string name)
    {
        if (_truth.Remove(name, out (ConfigMap Item, bool Readable) before))
        {
            ConfigMap last = Maps.Map(name, $"{++_version}", before.Item.Metadata.Uid);
            _log.Add((_version, before.Readable ? Maps.Deleted(last) : Maps.DeletedUnreadable(new UnreadableObject(last.Metadata, "generated"))));
        }
    }
}
