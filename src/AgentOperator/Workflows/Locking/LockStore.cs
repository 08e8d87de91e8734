using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Workflows.Locking;

/// <summary>Changes locks on the server: reads the one that is there, and writes what becomes of it unless somebody else was faster.</summary>
[RequiresAccess<Lease>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<ConfigMap>(Verbs.Get)]
internal sealed class LockStore(KubeClient client, LockLimits limits, TimeProvider time)
{
    private const int Tries = 20;

    /// <summary>Lets a change be made of the lock, and then in who is next; returns the version written, null when there was nothing to write.</summary>
    public async Task<string?> ChangeAsync(LockId id, Func<LockRecord, LockRecord> change, CancellationToken cancellation)
    {
        ResourceClient<Lease> leases = client.Resource<Lease>(id.Namespace);
        (int? limit, string? problem) = await limits.ReadAsync(id, cancellation);
        for (int attempt = 1; ; attempt++)
        {
            Lease? read = await leases.FindAsync(id.LeaseName, cancellation);
            LockRecord before = read is null ? new LockRecord { Kind = id.Kind, Name = id.Name } : LockLease.Read(read);
            LockRecord after = change(before).Grant(limit, problem);
            if (ReferenceEquals(before, after) || (read is null && after.IsEmpty))
            {
                return null;
            }

            try
            {
                Lease written = read is null
                    ? await leases.CreateAsync(LockLease.Of(id, after, time.GetUtcNow()), cancellation)
                    : await leases.PatchAsync(id.LeaseName, Patch.Merge(LockLease.Change(read, after, time.GetUtcNow()), Lease.JsonTypeInfo), cancellation);
                return written.Metadata.ResourceVersion;
            }
            catch (KubeApiException error) when ((error.IsConflict || error.IsAlreadyExists || error.IsNotFound) && attempt < Tries)
            {
                // Another replica, or another worker of this one.
            }
        }
    }

    /// <summary>Clears a lock away that nobody has wanted for a time.</summary>
    public Task RemoveAsync(Lease unused, CancellationToken cancellation) => client.Resource<Lease>(unused.Metadata.Namespace)
        .DeleteAsync(unused.Metadata.Name!, new DeleteOptions { Uid = unused.Metadata.Uid, ResourceVersion = unused.Metadata.ResourceVersion }, cancellation);
}
