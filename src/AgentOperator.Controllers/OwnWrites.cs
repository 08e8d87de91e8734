using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers;

/// <summary>What the last reconcile of a key wrote: the next one waits until the stores have seen it, or it would decide from the past.</summary>
public sealed class OwnWrites(TimeProvider time)
{
    /// <summary>Longest wait for a store; then the reconcile is put off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ObjectKey, ConcurrentQueue<Task>> _pending = new();
    private readonly ConcurrentDictionary<ObjectKey, bool> _wrote = new();

    /// <summary>Notes a write made while reconciling a key.</summary>
    /// <param name="reconciled">The key that was being reconciled.</param>
    /// <param name="store">The store that will show the written object.</param>
    /// <param name="written">Resource version that the server returned.</param>
    /// <param name="ns">Namespace of the written object, where it is another than the key's.</param>
    public void Record<T>(ObjectKey reconciled, ObjectStore<T> store, string? written, string? ns = null)
        where T : class, IKubernetesObject<T>
    {
        _wrote[reconciled] = true;
        if (written is not null && store.SeenAsync(written, ns ?? reconciled.Namespace, CancellationToken.None) is { IsCompleted: false } seen)
        {
            _pending.GetOrAdd(reconciled, static _ => new()).Enqueue(seen);
        }
    }

    /// <summary>Whether a write was noted for the key since this was asked last.</summary>
    internal bool TakeWrote(ObjectKey key) => _wrote.TryRemove(key, out _);

    /// <summary>Completes when every write noted for the key is in the stores.</summary>
    /// <exception cref="TimeoutException">A store has not caught up within <see cref="Patience"/>; the writes stay noted.</exception>
    public async Task SettledAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (!_pending.TryGetValue(key, out ConcurrentQueue<Task>? writes))
        {
            return;
        }

        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            while (writes.TryPeek(out Task? seen))
            {
                await seen.WaitAsync(linked.Token);
                writes.TryDequeue(out _);
            }
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The cache has not shown what was written for {key} within {Patience.TotalSeconds:0} s.", error);
        }

        _pending.TryRemove(key, out _);
    }
}
