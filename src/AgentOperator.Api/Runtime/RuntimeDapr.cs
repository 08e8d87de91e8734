using AgentOperator.Api.Agents;

namespace AgentOperator.Api.Runtime;

/// <summary>What the runtime uses of its Dapr sidecar.</summary>
public sealed record RuntimeDapr
{
    public required string AppId { get; init; }

    /// <summary>State store of the memory; absent when there is none.</summary>
    public string? StateStore { get; init; }

    public IReadOnlyList<DaprSubscription> Subscriptions { get => field ?? []; init; }
}
