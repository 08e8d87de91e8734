using System.Text.Json;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>What a step gave at an earlier visit.</summary>
public sealed record PreviousVisit
{
    /// <summary>Results by name.</summary>
    [AnyJson]
    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }

    /// <summary>Results by name that are too large to be in outputs.</summary>
    [Bounds(0, 50)]
    public IReadOnlyDictionary<string, OutputReference>? References { get; init; }

    /// <summary>Number of that visit.</summary>
    public required int Visit { get; init; }

    /// <summary>When its first attempt was recorded.</summary>
    public MicroTime? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public MicroTime? FinishedAt { get; init; }
}
