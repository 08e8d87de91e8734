using AgentOperator.Local.Dapr.Resources;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Dapr's objects of one namespace as they are at one time.</summary>
internal sealed record SidecarResources(IReadOnlyList<DaprComponent> Components, IReadOnlyList<DaprSubscription> Subscriptions, IReadOnlyList<DaprResiliency> Resiliencies);
