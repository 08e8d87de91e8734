using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>Owners of one kind.</summary>
internal sealed class OwnerKind<T>(KubeClient client, ObjectStore<T> store) : IOwnerKind
    where T : class, IKubernetesObject<T>
{
    public string ApiGroup => T.Resource.Group;

    public string Kind => T.Resource.Kind;

    public void OnDeleted(Action<string> deleted) => store.Subscribe((before, after) =>
    {
        if (after is null)
        {
            deleted(before!.Metadata.Uid!);
        }
    });

    public async Task<bool> ExistsAsync(string? ns, string name, string uid, CancellationToken cancellation)
    {
        string? owningNamespace = T.Resource.Namespaced ? ns : null;
        return store.Find(new ObjectKey(owningNamespace, name))?.Metadata.Uid == uid
            || (await client.Resource<T>(owningNamespace).FindAsync(name, cancellation))?.Metadata.Uid == uid;
    }
}
