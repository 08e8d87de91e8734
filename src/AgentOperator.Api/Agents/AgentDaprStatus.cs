using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What was decided on Dapr: kept, so that a loss of Dapr is a condition and never a rollout.</summary>
public sealed record AgentDaprStatus
{
    /// <summary>Always or Never.</summary>
    [Bounds(0, 16)]
    public required string Mode { get; init; }

    /// <summary>Identity of the agent in Dapr.</summary>
    [Bounds(0, 63)]
    public string? AppId { get; init; }

    /// <summary>Image of the sidecar that the pods have.</summary>
    [Bounds(0, 1024)]
    public string? SidecarImage { get; init; }
}
