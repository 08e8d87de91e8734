using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>What there is of the agent, and conditions as kstatus reads them.</summary>
public sealed record AgentStatus
{
    /// <summary>Generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>First of the agent's models; its image when it brings its own.</summary>
    [Bounds(0, 1024)]
    public string? Model { get; init; }

    /// <summary>Digest of image, prompt, models and tools, <c>sha256:…</c>.</summary>
    [Bounds(0, 71)]
    public string? Revision { get; init; }

    /// <summary>Where the agent answers within the cluster.</summary>
    [Bounds(0, 2048)]
    public string? Url { get; init; }

    /// <summary>Pods that there are.</summary>
    public int? Replicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>Ready pods of all pods: <c>1/2</c>.</summary>
    [Bounds(0, 32)]
    public string? ReadyReplicasText { get; init; }

    /// <summary>Selector of the pods, for autoscalers.</summary>
    [Bounds(0, 1024)]
    public string? Selector { get; init; }

    /// <summary>The prompt that the pods have.</summary>
    public ResolvedPrompt? Prompt { get; init; }

    /// <summary>What was decided on Dapr.</summary>
    public AgentDaprStatus? Dapr { get; init; }

    /// <summary>Tools that the pods found, by server.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<DiscoveredTools>? Tools { get; init; }

    /// <summary>What the agent used on the current day (UTC).</summary>
    public AgentUsage? Usage { get; init; }

    /// <summary>Ready, Reconciling and Stalled, as kstatus reads them; ResolvedRefs, ModelReachable, SidecarInjected and others.</summary>
    [ListMap("type")]
    [Bounds(0, 30)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
