using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Dapr's objects as the API server has them.</summary>
internal sealed class ClusterResourceSource : IResourceSource
{
    private readonly ObjectStore<DaprComponent> _components;
    private readonly ObjectStore<DaprSubscription> _subscriptions;
    private readonly ObjectStore<DaprResiliency> _resiliencies;
    private readonly Signal _changed = new();

    public ClusterResourceSource(ObjectStore<DaprComponent> components, ObjectStore<DaprSubscription> subscriptions, ObjectStore<DaprResiliency> resiliencies)
    {
        (_components, _subscriptions, _resiliencies) = (components, subscriptions, resiliencies);
        components.Subscribe((_, _) => _changed.Set());
        subscriptions.Subscribe((_, _) => _changed.Set());
        resiliencies.Subscribe((_, _) => _changed.Set());
    }

    public Task Changed => _changed.Next;

    public SidecarResources Read(string ns) => new(In(_components, ns), In(_subscriptions, ns), In(_resiliencies, ns));

    private static T[] In<T>(ObjectStore<T> store, string ns)
        where T : class, IKubernetesObject<T> => [.. store.All.Where(item => item.Metadata.Namespace == ns)];
}
