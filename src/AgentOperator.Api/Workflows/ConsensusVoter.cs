using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One voice of a consensus.</summary>
public sealed record ConsensusVoter
{
    /// <summary>Name of the Agent.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }

    /// <summary>Name of the skill; may be left out when the Agent has one.</summary>
    [Bounds(1, 63)]
    public string? Skill { get; init; }

    /// <summary>How many votes its answer is; 1 if absent.</summary>
    [Bounds(1, 100)]
    public int? Weight { get; init; }
}
