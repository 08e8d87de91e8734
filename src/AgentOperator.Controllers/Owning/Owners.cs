using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Owning;

/// <summary>References from children to their owner.</summary>
public static class Owners
{
    /// <summary>The reference of a child that an owner controls. <c>blockOwnerDeletion</c> is set: a foreground deletion of the owner waits for the child.
    /// With the admission plugin OwnerReferencesPermissionEnforcement (OpenShift) that needs the verb update on the owner's <c>finalizers</c>.</summary>
    /// <param name="owner">As the server returned it.</param>
    /// <param name="childNamespace">Where the child will be; null for a cluster-scoped one.</param>
    /// <exception cref="InvalidOperationException">The owner cannot own there: the garbage collector would delete the child at once, because it looks for owners in the child's own namespace.</exception>
    public static OwnerReference Controlling<TOwner>(TOwner owner, string? childNamespace)
        where TOwner : class, IKubernetesObject<TOwner>
    {
        if (TOwner.Resource.Namespaced && owner.Metadata.Namespace != childNamespace)
        {
            throw new InvalidOperationException(
                $"{TOwner.Resource.Kind} {owner.Key()} cannot own an object {(childNamespace is null ? "of the cluster" : $"in namespace {childNamespace}")}: an owner in a namespace owns within it only.");
        }

        return new OwnerReference
        {
            ApiVersion = TOwner.Resource.ApiVersion,
            Kind = TOwner.Resource.Kind,
            Name = owner.Metadata.Name ?? throw new InvalidOperationException($"A {TOwner.Resource.Kind} without a name owns nothing."),
            Uid = owner.Metadata.Uid ?? throw new InvalidOperationException($"{TOwner.Resource.Kind} {owner.Key()} has no uid: it must have been read from the server."),
            Controller = true,
            BlockOwnerDeletion = true,
        };
    }
}
