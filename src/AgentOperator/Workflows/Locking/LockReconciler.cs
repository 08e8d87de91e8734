using System.Collections.Concurrent;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Workflows.Locking;

/// <summary>Looks after the locks of Workflows that are gone, and after limits that somebody changes. Workflows that are there look after their own.</summary>
[RequiresAccess<Workflow>(Verbs.Get)]
internal sealed class LockReconciler(KubeClient client, ObjectStore<Lease> leases, ObjectStore<Workflow> workflows, LockStore store, HolderPods pods, OwnWrites writes, TimeProvider time) : IReconciler<Lease>
{
    /// <summary>How often the limit of a semaphore is read while somebody waits.</summary>
    public static readonly TimeSpan LimitAge = TimeSpan.FromSeconds(30);

    /// <summary>How long a lock that nobody wants is kept.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ObjectKey, long> _limitRead = new();

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (leases.Find(key) is not { } lease)
        {
            _limitRead.TryRemove(key, out _);
            return Outcome.Done;
        }

        LockRecord record;
        try
        {
            record = LockLease.Read(lease);
        }
        catch (FormatException error)
        {
            return Outcome.Terminal(error);
        }

        if (record.IsEmpty)
        {
            return await RemoveIdleAsync(lease, cancellation);
        }

        HashSet<string> over = new(StringComparer.Ordinal);
        TimeSpan? again = null;
        foreach (IGrouping<string, LockEntry> owner in record.Holders.Concat(record.Waiters).GroupBy(static entry => entry.Holder.Split('/')[0], StringComparer.Ordinal))
        {
            if (await IsGoneAsync(owner.Key, owner.First(), cancellation))
            {
                bool areBusy = record.Kind != LockId.Room && owner.Any(record.Holders.Contains) && await AreAtWorkAsync(owner, cancellation);
                again = areBusy ? HolderPods.Again : again;
                over.UnionWith(areBusy ? [] : owner.Select(static entry => entry.Holder));
            }
        }

        bool isLimitOld = record.Waiters.Count > 0 && record.Kind != LockId.Mutex && !(_limitRead.TryGetValue(key, out long read) && time.GetElapsedTime(read) < LimitAge);
        if (over.Count > 0 || isLimitOld)
        {
            string? written = await store.ChangeAsync(LockLease.IdOf(lease, record), current => current.Drop(entry => over.Contains(entry.Holder)), cancellation);
            _limitRead[key] = time.GetTimestamp();
            writes.Record(key, leases, written);
        }

        return (again ?? (record.Waiters.Count > 0 && record.Kind != LockId.Mutex ? LimitAge : null)) is { } wait ? Outcome.After(wait) : Outcome.Done;
    }

    /// <summary>The cache may say that a Workflow is there; that it is not, the server must say.</summary>
    private async Task<bool> IsGoneAsync(string uid, LockEntry entry, CancellationToken cancellation) =>
        workflows.Find(new ObjectKey(entry.Namespace, entry.Workflow))?.Metadata.Uid != uid
        && (await client.Resource<Workflow>(entry.Namespace).FindAsync(entry.Workflow, cancellation))?.Metadata.Uid != uid;

    private async Task<bool> AreAtWorkAsync(IEnumerable<LockEntry> entries, CancellationToken cancellation)
    {
        foreach (LockEntry entry in entries)
        {
            if (await pods.AreAtWorkAsync(entry, hasBelow: true, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<Outcome> RemoveIdleAsync(Lease lease, CancellationToken cancellation)
    {
        TimeSpan idle = lease.Spec?.RenewTime is { } last ? time.GetUtcNow() - last.Value : IdleTime;
        if (idle < IdleTime)
        {
            return Outcome.After(IdleTime - idle);
        }

        await store.RemoveAsync(lease, cancellation);
        return Outcome.Done;
    }
}
