namespace AgentOperator.Api.Runtime;

/// <summary>A vote of several deployed agents on one input.</summary>
public sealed record ConsensusTask
{
    public required IReadOnlyList<ConsensusTaskVoter> Voters { get; init; }

    /// <summary>Path of the field that is the vote; the whole answer if absent.</summary>
    public string? Vote { get; init; }

    /// <summary>One of <see cref="Workflows.ConsensusStrategies"/>.</summary>
    public required string Strategy { get; init; }

    public int? Quorum { get; init; }
}
