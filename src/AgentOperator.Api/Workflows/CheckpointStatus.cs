using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>A checkpoint that applied.</summary>
public sealed record CheckpointStatus
{
    /// <summary>Pause, Notify, Fail or Continue.</summary>
    [Bounds(1, 16)]
    public required string Action { get; init; }

    /// <summary>When the step came to it.</summary>
    public required MicroTime Since { get; init; }

    /// <summary>When the patience of a pause ends.</summary>
    public MicroTime? Until { get; init; }

    /// <summary>When the run went on.</summary>
    public MicroTime? PassedAt { get; init; }
}
