namespace AgentOperator.Api.Runtime;

/// <summary>One voice of a consensus, and where it is heard.</summary>
public sealed record ConsensusTaskVoter
{
    /// <summary>Name of the Agent.</summary>
    public required string Agent { get; init; }

    public required string Skill { get; init; }

    public required string Url { get; init; }

    /// <summary>How many votes its answer is.</summary>
    public required int Weight { get; init; }
}
