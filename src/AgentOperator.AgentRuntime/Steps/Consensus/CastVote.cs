using System.Text.Json;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps.Consensus;

/// <summary>What one voice said.</summary>
internal sealed record CastVote
{
    private const int Told = 80;

    public required string Agent { get; init; }

    public required int Weight { get; init; }

    /// <summary>Null: it gave none, which counts for no side.</summary>
    public JsonElement? Vote { get; init; }

    public JsonElement? Answer { get; init; }

    /// <summary>Why there is no vote.</summary>
    public string? Error { get; init; }

    public UsageReport? Usage { get; init; }

    /// <summary>Equal for votes whose JSON is.</summary>
    public string? Side { get => field ??= Vote is { } vote ? CanonicalJson.Format(vote) : null; }

    /// <summary>The vote in an answer.</summary>
    /// <param name="voter">Who answered.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="path">Path of the field that is the vote; the whole answer if null.</param>
    public static CastVote Of(ConsensusTaskVoter voter, StepResult result, string? path)
    {
        JsonElement vote = result.Result;
        foreach (string name in path?.Split('.') ?? [])
        {
            if (vote.ValueKind != JsonValueKind.Object || !vote.TryGetProperty(name, out vote))
            {
                return new CastVote { Agent = voter.Agent, Weight = voter.Weight, Answer = result.Result, Error = $"its answer has no {path}", Usage = result.Usage };
            }
        }

        return new CastVote { Agent = voter.Agent, Weight = voter.Weight, Vote = vote, Answer = result.Result, Usage = result.Usage };
    }

    /// <summary>The vote for messages.</summary>
    public static string Tell(string side) => side.Length <= Told ? side : $"{side[..(char.IsHighSurrogate(side[Told - 1]) ? Told - 1 : Told)]}…";
}
