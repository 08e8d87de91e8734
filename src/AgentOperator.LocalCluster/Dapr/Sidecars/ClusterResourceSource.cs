using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Dapr's objects as the API server has them.</summary>
internal sealed class ClusterResourceSource : IResourceSource
{
    private readonly KubeClient _client;
    private readonly ObjectStore<DaprComponent> _components;
    private readonly ObjectStore<DaprSubscription> _subscriptions;
    private readonly ObjectStore<DaprResiliency> _resiliencies;
    private readonly Signal _changed = new();

    public ClusterResourceSource(KubeClient client, ObjectStore<DaprComponent> components, ObjectStore<DaprSubscription> subscriptions, ObjectStore<DaprResiliency> resiliencies)
    {
        (_client, _components, _subscriptions, _resiliencies) = (client, components, subscriptions, resiliencies);
        components.Subscribe((_, _) => _changed.Set());
        subscriptions.Subscribe((_, _) => _changed.Set());
        resiliencies.Subscribe((_, _) => _changed.Set());
    }

    public Task Changed => _changed.Next;

    public SidecarResources Read(string ns) => new(In(_components, ns), In(_subscriptions, ns), In(_resiliencies, ns));

    /// <summary>A sidecar that starts right after a Component was applied has it: the caches are waited for.</summary>
    public async Task<SidecarResources> ReadCurrentAsync(string ns, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed = Changed;
            KubeList<DaprComponent> written = await _client.Resource<DaprComponent>(ns).ListAsync(new ListOptions(), cancellation);
            SidecarResources read = Read(ns);
            if (written.Items.All(item => read.Components.Any(known => known.Metadata.Uid == item.Metadata.Uid && known.Metadata.ResourceVersion == item.Metadata.ResourceVersion)))
            {
                return read;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private static T[] In<T>(ObjectStore<T> store, string ns)
        where T : class, IKubernetesObject<T> => [.. store.All.Where(item => item.Metadata.Namespace == ns)];
}
