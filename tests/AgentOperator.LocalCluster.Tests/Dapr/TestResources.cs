using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Local.Dapr.Subscriptions;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Tests.Dapr;

/// <summary>Dapr's objects of a test.</summary>
internal sealed class TestResources : IResourceSource
{
    private readonly Signal _changed = new();
    private SidecarResources _all = new([], [], []);
    private int _version;

    public Task Changed => _changed.Next;

    public SidecarResources Read(string ns) => _all;

    /// <summary>With a state store <c>store</c> and a broker <c>bus</c>.</summary>
    public static TestResources Usual() => new TestResources().Component("store", "state.in-memory").Component("bus", "pubsub.in-memory");

    public TestResources Component(string name, string type, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        List<ComponentMetadataItem> items = [];
        foreach ((string key, string value) in settings)
        {
            items.Add(new ComponentMetadataItem { Name = key, Value = JsonSerializer.SerializeToElement(value) });
        }

        return Component(new DaprComponent { Metadata = Meta(name), Spec = new ComponentSpec { Type = type, Metadata = items } });
    }

    public TestResources Component(DaprComponent component) => Set(_all with { Components = [.. _all.Components, component] });

    public TestResources Subscription(string name, SubscribeEntry spec, params string[] scopes) =>
        Set(_all with { Subscriptions = [.. _all.Subscriptions, new DaprSubscription { Metadata = Meta(name), Spec = spec, Scopes = scopes }] });

    public TestResources Resiliency(ResiliencySpec spec) => Set(_all with { Resiliencies = [new DaprResiliency { Metadata = Meta("resiliency"), Spec = spec }] });

    public ObjectMeta Meta(string name) => new() { Name = name, Namespace = "default", ResourceVersion = $"{++_version}" };

    private TestResources Set(SidecarResources all)
    {
        _all = all;
        _changed.Set();
        return this;
    }
}
