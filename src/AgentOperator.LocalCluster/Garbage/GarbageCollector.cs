using AgentOperator.Controllers.Queueing;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Garbage;

/// <summary>Deletes what has lost its owners, and carries out the foreground and orphan policies.</summary>
internal sealed partial class GarbageCollector : IDisposable
{
    private const int Workers = 8;

    private readonly GarbageWriter _writer;
    private readonly Func<string, string, ServedKind?> _served;
    private readonly OwnershipGraph _graph = new();
    private readonly WorkQueue _queue;
    private readonly ILogger<GarbageCollector> _logger;

    /// <param name="writer">Reads and writes single objects.</param>
    /// <param name="served">The kind of an apiVersion and a kind's name; null while it is not served.</param>
    /// <param name="time">Clock of the queue.</param>
    /// <param name="logger">Where deletions are told.</param>
    public GarbageCollector(GarbageWriter writer, Func<string, string, ServedKind?> served, TimeProvider time, ILogger<GarbageCollector> logger)
    {
        _writer = writer;
        _served = served;
        _queue = new WorkQueue(time);
        _logger = logger;
    }

    /// <summary>Takes a change of any object.</summary>
    public void Changed(ServedKind kind, MetadataObject? before, MetadataObject? after)
    {
        if (after is null)
        {
            Removed(before!);
            return;
        }

        _graph.Set(new GraphNode(kind, after));
        if (before is not null && before.IsTerminating() == after.IsTerminating()
            && Equal(before.Metadata.Finalizers, after.Metadata.Finalizers) && Equal(before.Metadata.OwnerReferences, after.Metadata.OwnerReferences))
        {
            return;
        }

        if (after.Metadata.OwnerReferences is { Count: > 0 } || after.WaitsForDependents() || after.Orphans())
        {
            Add(after.Metadata.Uid!);
        }

        AddOwners(before);
    }

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellation)));

    public void Dispose() => _queue.Dispose();

    private static bool Equal<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) => (left ?? []).SequenceEqual(right ?? []);

    private void Add(string uid) => _queue.Add(new ObjectKey(null, uid));

    private void Removed(MetadataObject item)
    {
        _graph.Remove(item.Metadata.Uid!);
        foreach (GraphNode dependent in _graph.DependentsOf(item.Metadata.Uid!))
        {
            Add(dependent.Uid);
        }

        AddOwners(item);
    }

    /// <summary>Owners that wait for their dependents want to know of each that goes.</summary>
    private void AddOwners(MetadataObject? item)
    {
        foreach (OwnerReference owner in item?.Metadata.OwnerReferences ?? [])
        {
            if (_graph.Find(owner.Uid)?.Item.WaitsForDependents() == true)
            {
                Add(owner.Uid);
            }
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
                if (_graph.Find(taken.Value.Name) is { } node)
                {
                    await CollectAsync(node, cancellation);
                }

                _queue.Forget(taken.Value);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException or IOException)
            {
                LogRetry(_logger, taken!.Value, error.Message);
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

    private async Task CollectAsync(GraphNode node, CancellationToken cancellation)
    {
        if (node.Item.WaitsForDependents())
        {
            await AwaitDependentsAsync(node, cancellation);
        }
        else if (node.Item.Orphans())
        {
            await OrphanAsync(node, cancellation);
        }
        else if (!node.Item.IsTerminating() && node.Item.Metadata.OwnerReferences is { Count: > 0 } owners)
        {
            await JudgeAsync(node, owners, cancellation);
        }
    }

    private async Task AwaitDependentsAsync(GraphNode owner, CancellationToken cancellation)
    {
        IReadOnlyList<GraphNode> dependents = _graph.DependentsOf(owner.Uid);
        if (!dependents.Any(dependent => dependent.Item.Metadata.OwnerReferences!.Any(reference => reference.Uid == owner.Uid && reference.BlockOwnerDeletion == true)))
        {
            await _writer.RemoveFinalizerAsync(owner, Finalizers.Foreground, cancellation);
            LogForeground(_logger, owner);
            return;
        }

        foreach (GraphNode dependent in dependents.Where(static dependent => !dependent.Item.IsTerminating()))
        {
            Add(dependent.Uid);
        }
    }

    private async Task OrphanAsync(GraphNode owner, CancellationToken cancellation)
    {
        foreach (GraphNode dependent in _graph.DependentsOf(owner.Uid))
        {
            await _writer.DisownAsync(dependent, reference => reference.Uid == owner.Uid, cancellation);
        }

        await _writer.RemoveFinalizerAsync(owner, Finalizers.Orphan, cancellation);
        LogOrphaned(_logger, owner);
    }

    private async Task JudgeAsync(GraphNode node, IReadOnlyList<OwnerReference> owners, CancellationToken cancellation)
    {
        Dictionary<string, OwnerStanding> standings = new(StringComparer.Ordinal);
        foreach (OwnerReference owner in owners)
        {
            standings[owner.Uid] = await StandingAsync(owner, node.Item.Metadata.Namespace, cancellation);
        }

        GarbageAction action = GarbageDecider.Decide(standings.Values, _graph.DependentsOf(node.Uid).Count > 0);
        switch (action)
        {
            case GarbageAction.Disown:
                await _writer.DisownAsync(node, reference => standings[reference.Uid] != OwnerStanding.Solid, cancellation);
                break;
            case GarbageAction.Delete or GarbageAction.DeleteForeground:
                await _writer.DeleteAsync(node, action == GarbageAction.DeleteForeground ? "Foreground" : GarbageDecider.Policy(node.Item), cancellation);
                LogCollected(_logger, node, owners[0].Kind, owners[0].Name);
                break;
        }
    }

    private async Task<OwnerStanding> StandingAsync(OwnerReference owner, string? ns, CancellationToken cancellation)
    {
        MetadataObject? found = _graph.Find(owner.Uid)?.Item;
        if (found is null)
        {
            if (_served(owner.ApiVersion, owner.Kind) is not { } kind)
            {
                LogUnserved(_logger, owner.ApiVersion, owner.Kind);
                return OwnerStanding.Solid;
            }

            found = await _writer.FindAsync(kind, new ObjectKey(kind.Resource.Namespaced ? ns : null, owner.Name), owner.Uid, cancellation);
        }

        return found is null ? OwnerStanding.Absent : found.WaitsForDependents() ? OwnerStanding.Waiting : OwnerStanding.Solid;
    }

    [LoggerMessage(1, LogLevel.Information, "{Dependent}: deleted, its owner {OwnerKind} {Owner} is gone")]
    private static partial void LogCollected(ILogger logger, GraphNode dependent, string ownerKind, string owner);

    [LoggerMessage(2, LogLevel.Debug, "{Uid}: not collected, trying again: {Message}")]
    private static partial void LogRetry(ILogger logger, ObjectKey uid, string message);

    [LoggerMessage(3, LogLevel.Information, "{Owner}: its dependents are gone, so it goes")]
    private static partial void LogForeground(ILogger logger, GraphNode owner);

    [LoggerMessage(4, LogLevel.Information, "{Owner}: its dependents are orphaned, so it goes")]
    private static partial void LogOrphaned(ILogger logger, GraphNode owner);

    [LoggerMessage(5, LogLevel.Debug, "Owners of {ApiVersion} {Kind} are taken to exist: the kind is not served")]
    private static partial void LogUnserved(ILogger logger, string apiVersion, string kind);
}
