using System.Text.Json;
using AgentOperator.Api.Schema;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Api.Agents;

/// <summary>The Dapr sidecar of the agent's pods.</summary>
public sealed record AgentDapr
{
    /// <summary>Auto: when Dapr is in the cluster, decided once and kept in status.dapr.mode; Always; Never. Auto if absent.</summary>
    [OneOf(DaprModes.Auto, DaprModes.Always, DaprModes.Never)]
    public string? Mode { get; init; }

    /// <summary>Identity of the agent in Dapr; the agent's name if absent. Two workloads of a namespace must not share one.</summary>
    [Bounds(1, 58)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "an app-id is at most 58 lower-case letters, digits and hyphens, such as code-reviewer")]
    public string? AppId { get; init; }

    /// <summary>Components that the operator makes for this agent alone (scopes hold its app-id).</summary>
    [ListMap("name")]
    [Bounds(0, 20)]
    public IReadOnlyList<DaprComponent>? Components { get; init; }

    /// <summary>Name of the state store for the agent's memory: one of components, or one that is there. Without it, the first component whose type begins with state.</summary>
    [Bounds(1, 253)]
    public string? StateStore { get; init; }

    /// <summary>Topics whose messages are inputs of a skill.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<DaprSubscription>? Subscriptions { get; init; }

    /// <summary>Retries, timeouts and circuit breakers: spec of a dapr.io/v1alpha1 Resiliency.</summary>
    [AnyJson]
    public JsonElement? Resiliency { get; init; }

    /// <summary>Spec of a dapr.io/v1alpha1 Configuration of the agent's own; tracing by OTLP is added where the operator knows an endpoint.</summary>
    [AnyJson]
    public JsonElement? Configuration { get; init; }

    /// <summary>Image of the sidecar, to hold it at a version; the injector's own if absent.</summary>
    [Bounds(1, 1024)]
    public string? SidecarImage { get; init; }

    /// <summary>Compute resources of the sidecar: cpu and memory.</summary>
    public StepResources? SidecarResources { get; init; }

    /// <summary>How verbose the sidecar is; info if absent.</summary>
    [OneOf("debug", "info", "warn", "error")]
    public string? LogLevel { get; init; }

    /// <summary>Secret whose key <c>token</c> the sidecar asks of the agent.</summary>
    public ObjectName? ApiTokenSecret { get; init; }

    /// <summary>Secret whose key <c>token</c> the agent asks of the sidecar.</summary>
    public ObjectName? AppTokenSecret { get; init; }
}
