using AgentOperator.Api.Agents;

namespace AgentOperator.Api.Runtime;

/// <summary>What a pod of an agent tells the operator: cumulative for the day, so that the newest report of an instance says it all and a repeated one changes nothing.</summary>
public sealed record AgentReport
{
    /// <summary>Identity of the process: a restarted one counts anew beside it.</summary>
    public required string Instance { get; init; }

    /// <summary>Counts up with each report of the instance.</summary>
    public required long Sequence { get; init; }

    /// <summary>The day (UTC) that the counts are of, <c>2026-03-01</c>.</summary>
    public required string Day { get; init; }

    /// <summary>Calls of skills.</summary>
    public long Calls { get; init; }

    public UsageReport Usage { get => field ?? new UsageReport(); init; }

    /// <summary>Tools that were found, by server.</summary>
    public IReadOnlyList<DiscoveredTools> Tools { get => field ?? []; init; }

    /// <summary>What went wrong with the newest request to each model that fails; empty when all answer. Never holds keys or texts of prompts.</summary>
    public IReadOnlyList<ModelProblem> ModelProblems { get => field ?? []; init; }

    /// <summary>True once a model has answered.</summary>
    public bool? IsModelReached { get; init; }
}
