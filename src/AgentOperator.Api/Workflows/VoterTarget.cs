using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>What one voice of a consensus was resolved to.</summary>
public sealed record VoterTarget
{
    /// <summary>Name of the Agent.</summary>
    [Bounds(0, 253)]
    public required string Agent { get; init; }

    /// <summary>Its skill.</summary>
    [Bounds(0, 63)]
    public required string Skill { get; init; }

    /// <summary>Where it answers.</summary>
    [Bounds(0, 2048)]
    public required string Url { get; init; }

    /// <summary>Revision of the Agent at that time.</summary>
    [Bounds(0, 71)]
    public string? Revision { get; init; }
}
