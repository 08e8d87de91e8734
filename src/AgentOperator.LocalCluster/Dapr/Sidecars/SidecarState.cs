using System.Collections.Concurrent;
using AgentOperator.Local.Dapr.Components;
using AgentOperator.Local.Dapr.Subscriptions;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>What a sidecar says of itself.</summary>
internal sealed class SidecarState
{
    /// <summary>Apps may call.</summary>
    public volatile bool IsOutboundReady;

    /// <summary>The app listens, too, and its subscriptions are known.</summary>
    public volatile bool IsReady;

    private volatile ComponentSet _components = ComponentSet.Empty;
    private volatile IReadOnlyList<Subscription> _subscriptions = [];

    public ComponentSet Components
    {
        get => _components;
        set => _components = value;
    }

    /// <summary>Those that are followed.</summary>
    public IReadOnlyList<Subscription> Subscriptions
    {
        get => _subscriptions;
        set => _subscriptions = value;
    }

    /// <summary>What was put with <c>PUT /v1.0/metadata/KEY</c>.</summary>
    public ConcurrentDictionary<string, string> Extended { get; } = new(StringComparer.Ordinal);
}
