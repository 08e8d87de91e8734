using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>Bounds of one call of a skill.</summary>
public sealed record AgentLimits
{
    /// <summary>Answers of the model; 10 if absent.</summary>
    [Bounds(1, 200)]
    public int? MaxTurns { get; init; }

    /// <summary>Tokens of all requests and answers; no bound if absent.</summary>
    [Bounds(1, 1000000000)]
    public long? MaxTokens { get; init; }

    /// <summary>Tool calls at the same time; 8 if absent.</summary>
    [Bounds(1, 64)]
    public int? ParallelTools { get; init; }

    /// <summary>Longest time; 10m if absent.</summary>
    public Duration? Timeout { get; init; }
}
