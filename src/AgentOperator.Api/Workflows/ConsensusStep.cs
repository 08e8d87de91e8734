using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Asks several Agents the same and takes what enough of them agree on.</summary>
[CelRule("!has(self.strategy) || self.strategy != 'Quorum' || has(self.quorum)", "strategy Quorum needs quorum: how many votes must agree", FieldPath = ".quorum")]
public sealed record ConsensusStep
{
    /// <summary>Who is asked: deployed Agents of the namespace.</summary>
    [AtomicList]
    [Bounds(2, 15)]
    public required IReadOnlyList<ConsensusVoter> Agents { get; init; }

    /// <summary>Input of each skill, an object. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public JsonElement? Input { get; init; }

    /// <summary>Field of an answer that is the vote: a path of names with dots, <c>verdict</c>; the whole answer if absent. Votes are equal when their JSON is.</summary>
    [Bounds(1, 253)]
    [Pattern("^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$", Message = "vote is a path of field names with dots, such as verdict or review.verdict")]
    public string? Vote { get; init; }

    /// <summary>Majority: more than half of the weight of all. Unanimous: all. Plurality: the most, and more than any other. Quorum: as many as quorum says. Majority if absent.</summary>
    [OneOf(ConsensusStrategies.Majority, ConsensusStrategies.Unanimous, ConsensusStrategies.Plurality, ConsensusStrategies.Quorum)]
    public string? Strategy { get; init; }

    /// <summary>Votes that must agree under strategy Quorum; under the others, answers that there must be at all.</summary>
    [Bounds(1, 15)]
    public int? Quorum { get; init; }
}
