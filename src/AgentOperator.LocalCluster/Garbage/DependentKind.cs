using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Queueing;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Garbage;

/// <summary>Deletes objects of one kind that have lost all their owners.</summary>
internal sealed partial class DependentKind<T> : IDisposable
    where T : class, IKubernetesObject<T>
{
    private const int Workers = 4;

    private readonly KubeClient _client;
    private readonly ObjectStore<T> _store;
    private readonly IReadOnlyList<IOwnerKind> _owners;
    private readonly WorkQueue _queue;
    private readonly ILogger<DependentKind<T>> _logger;

    /// <param name="client">Deletes.</param>
    /// <param name="store">Objects of the kind, indexed by <see cref="OwnerIndex"/>.</param>
    /// <param name="owners">The kinds of owners that are watched; an owner of another kind is taken to exist.</param>
    /// <param name="time">Clock of the queue.</param>
    /// <param name="logger">Where deletions are told.</param>
    public DependentKind(KubeClient client, ObjectStore<T> store, IReadOnlyList<IOwnerKind> owners, TimeProvider time, ILogger<DependentKind<T>> logger)
    {
        _client = client;
        _store = store;
        _owners = owners;
        _queue = new WorkQueue(time);
        _logger = logger;
        store.Subscribe((before, after) =>
        {
            if (before is null && after!.Metadata.OwnerReferences is { Count: > 0 })
            {
                _queue.Add(after.Key());
            }
        });
        foreach (IOwnerKind owner in owners)
        {
            owner.OnDeleted(OwnerDeleted);
        }
    }

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellation)));

    public void Dispose() => _queue.Dispose();

    private void OwnerDeleted(string uid)
    {
        foreach (ObjectKey key in _store.Indexed(uid).Keys)
        {
            _queue.Add(key);
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            ObjectKey? taken = null;
            try
            {
                taken = await _queue.TakeAsync(cancellation);
                await CollectAsync(taken.Value, cancellation);
                _queue.Forget(taken.Value);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
            {
                LogRetry(_logger, T.Resource.Kind, taken!.Value, error.Message);
                _queue.AddFailed(taken.Value);
            }
            finally
            {
                if (taken is { } key)
                {
                    _queue.Done(key);
                }
            }
        }
    }

    private async Task CollectAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (_store.Find(key) is not { } dependent || dependent.IsTerminating() || dependent.Metadata.OwnerReferences is not { Count: > 0 } owners)
        {
            return;
        }

        foreach (OwnerReference owner in owners)
        {
            if (await ExistsAsync(owner, key.Namespace, cancellation))
            {
                return;
            }
        }

        if (await _client.Resource<T>(key.Namespace).DeleteAsync(key.Name, new DeleteOptions { Uid = dependent.Metadata.Uid }, cancellation))
        {
            LogCollected(_logger, T.Resource.Kind, key, owners[0].Kind, owners[0].Name);
        }
    }

    private async Task<bool> ExistsAsync(OwnerReference owner, string? ns, CancellationToken cancellation)
    {
        int slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? "" : owner.ApiVersion[..slash];
        IOwnerKind? kind = _owners.FirstOrDefault(kind => kind.Kind == owner.Kind && kind.ApiGroup == group);
        return kind is null || await kind.ExistsAsync(ns, owner.Name, owner.Uid, cancellation);
    }

    [LoggerMessage(1, LogLevel.Information, "{Kind} {Key}: deleted, its owner {OwnerKind} {Owner} is gone")]
    private static partial void LogCollected(ILogger logger, string kind, ObjectKey key, string ownerKind, string owner);

    [LoggerMessage(2, LogLevel.Warning, "{Kind} {Key}: owner not checked, trying again: {Message}")]
    private static partial void LogRetry(ILogger logger, string kind, ObjectKey key, string message);
}
