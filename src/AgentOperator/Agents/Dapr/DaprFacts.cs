namespace AgentOperator.Agents.Dapr;

/// <summary>What there is of Dapr in the cluster.</summary>
internal sealed record DaprFacts
{
    /// <summary>Whether the injector's webhook is registered; null when that may not be read.</summary>
    public bool? HasInjector { get; init; }

    /// <summary>Namespace of Dapr's control plane.</summary>
    public string Namespace { get; init; } = "dapr-system";

    /// <summary>Whether the injector has a ready pod; null when that cannot be told.</summary>
    public bool? IsInjectorReady { get; init; }

    /// <summary>Image that the injector gives sidecars; null when that cannot be told.</summary>
    public string? SidecarImage { get; init; }

    /// <summary>Whether pods can get a sidecar.</summary>
    public bool IsUsable => HasInjector != false;
}
