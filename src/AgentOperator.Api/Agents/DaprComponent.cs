using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>A dapr.io/v1alpha1 Component, scoped to the agent.</summary>
public sealed record DaprComponent
{
    /// <summary>Name of the Component.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }

    /// <summary>Type, such as state.redis.</summary>
    [Bounds(1, 253)]
    public required string Type { get; init; }

    /// <summary>Version of the type; v1 if absent.</summary>
    [Bounds(1, 63)]
    public string? Version { get; init; }

    /// <summary>Settings: a list of name with value or secretKeyRef, as Dapr defines them.</summary>
    [AnyJson]
    [AtomicList]
    [Bounds(0, 100)]
    public IReadOnlyList<JsonElement>? Metadata { get; init; }

    /// <summary>True: a sidecar runs on without the component when it cannot be set up.</summary>
    public bool? IgnoreErrors { get; init; }
}
