using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Controllers.Owning;

/// <summary>Creates and adopts the children of one kind's objects. The server is asked, never a cache.</summary>
public sealed class Children<TOwner, TChild>(ResourceClient<TOwner> owners, ResourceClient<TChild> children)
    where TOwner : class, IKubernetesObject<TOwner>
    where TChild : class, IKubernetesObject<TChild>
{
    /// <summary>Creates a child under a name that follows from its owner. A name that is taken is ours, from a create whose answer was lost, or a stranger's.</summary>
    /// <param name="owner">Controls the child: see <see cref="Owners.Controlling"/>.</param>
    /// <param name="wanted">The child, its owner reference included.</param>
    /// <param name="cancellation">Ends the requests.</param>
    /// <returns>The child as stored: new, or as it was created before.</returns>
    /// <exception cref="NameTakenException">Somebody else's object has the name; it is not touched.</exception>
    public async Task<TChild> EnsureAsync(TOwner owner, TChild wanted, CancellationToken cancellation)
    {
        if (wanted.ControllerOwner()?.Uid != owner.Metadata.Uid)
        {
            throw new ArgumentException("The child is not controlled by the owner.", nameof(wanted));
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await children.CreateAsync(wanted, cancellation);
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                TChild? found = await children.FindAsync(wanted.Metadata.Name!, cancellation);
                if (found is not null)
                {
                    return found.ControllerOwner()?.Uid == owner.Metadata.Uid ? found : throw Taken(found);
                }

                // Deleted in between: the name is free again.
                if (attempt == Finalizers.Tries)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Takes a child that nobody controls. False when that is no longer so, or when the owner is being deleted or is another one by now: a cache may show an owner that is long gone.</summary>
    public async Task<bool> AdoptAsync(TOwner owner, TChild orphan, CancellationToken cancellation)
    {
        OwnerReference reference = Owners.Controlling(owner, orphan.Metadata.Namespace);
        if (orphan.ControllerOwner() is not null || orphan.IsTerminating())
        {
            return false;
        }

        TOwner? live = await owners.FindAsync(owner.Metadata.Name!, cancellation);
        if (live is null || live.Metadata.Uid != owner.Metadata.Uid || live.IsTerminating())
        {
            return false;
        }

        try
        {
            await children.PatchAsync(orphan.Metadata.Name!, Adoption(orphan, reference), cancellation);
            return true;
        }
        catch (KubeApiException error) when (error.IsNotFound || error.IsConflict)
        {
            return false;
        }
    }

    /// <summary>The uid and the version make sure that it is this object and that nobody else was faster.</summary>
    private static Patch Adoption(TChild orphan, OwnerReference reference) =>
        Patch.Merge(
            new Ownership
            {
                Metadata = new ObjectMeta { Uid = orphan.Metadata.Uid, ResourceVersion = orphan.Metadata.ResourceVersion, OwnerReferences = [.. orphan.Metadata.OwnerReferences ?? [], reference] },
            },
            OwnershipContext.Default.Ownership);

    private static NameTakenException Taken(TChild found) =>
        new($"{TChild.Resource.Kind} {found.Key()} exists and belongs to {(found.ControllerOwner() is { } other ? $"{other.Kind} {other.Name}" : "nobody")}: delete or rename it.");
}
