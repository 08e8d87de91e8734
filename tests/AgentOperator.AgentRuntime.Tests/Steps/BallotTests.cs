using System.Text.Json;
using AgentOperator.AgentRuntime.Steps;
using AgentOperator.AgentRuntime.Steps.Consensus;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;

namespace AgentOperator.AgentRuntime.Tests.Steps;

public sealed class BallotTests
{
    /// <summary>Votes as words of <c>vote</c> or <c>vote*weight</c>; <c>-</c> gave none.</summary>
    [Theory]
    [InlineData(ConsensusStrategies.Majority, null, "a a b", "a:2")]
    [InlineData(ConsensusStrategies.Majority, null, "a a b b", null)]
    [InlineData(ConsensusStrategies.Majority, null, "a a - -", null)]
    [InlineData(ConsensusStrategies.Majority, null, "a*3 b b", "a:3")]
    [InlineData(ConsensusStrategies.Majority, 3, "a a -", null)]
    [InlineData(ConsensusStrategies.Majority, 2, "a a -", "a:2")]
    [InlineData(ConsensusStrategies.Unanimous, null, "a a a", "a:3")]
    [InlineData(ConsensusStrategies.Unanimous, null, "a a -", null)]
    [InlineData(ConsensusStrategies.Plurality, null, "a a b c d", "a:2")]
    [InlineData(ConsensusStrategies.Plurality, null, "a a b b c", null)]
    [InlineData(ConsensusStrategies.Plurality, null, "- -", null)]
    [InlineData(ConsensusStrategies.Quorum, 2, "a a b c d", "a:2")]
    [InlineData(ConsensusStrategies.Quorum, 3, "a a b c d", null)]
    [InlineData(ConsensusStrategies.Quorum, 2, "a a b b", null)]
    public void A_side_wins_or_the_message_tells_the_votes(string strategy, int? quorum, string votes, string? won)
    {
        (IReadOnlyList<CastVote> winners, int weight, string? problem) = Ballot.Count(
            new ConsensusTask { Voters = [], Strategy = strategy, Quorum = quorum },
            [.. votes.Split(' ').Select(static (text, i) => Vote(text, i))]);

        (problem is null ? $"{winners[0].Vote}:{weight}" : null).ShouldBe(won);
        if (won is null)
        {
            problem!.ShouldContain("agent0");
        }
    }

    [Fact]
    public void Votes_are_equal_when_their_json_is()
    {
        ConsensusTaskVoter voter = new() { Agent = "a", Skill = "s", Url = "http://a", Weight = 1 };
        CastVote Of(string answer, string? path) => CastVote.Of(voter, new StepResult { Result = JsonElement.Parse(answer) }, path);

        Of("""{"a":1,"b":[1.0]}""", null).Side.ShouldBe(Of("""{ "b": [1], "a": 1 }""", null).Side);
        Of("""{"x":{"verdict":"yes"},"why":"this"}""", "x.verdict").Side.ShouldBe(Of("""{"x":{"verdict":"yes"},"why":"that"}""", "x.verdict").Side);
        Of("""{"x":1}""", "x.verdict").Error.ShouldBe("its answer has no x.verdict");
        Of("""{"x":null}""", "x").Side.ShouldBe("null");
    }

    private static CastVote Vote(string text, int number)
    {
        string[] parts = text.Split('*');
        return new CastVote
        {
            Agent = $"agent{number}",
            Weight = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1,
            Vote = parts[0] == "-" ? null : JsonElement.Parse($"\"{parts[0]}\""),
            Error = parts[0] == "-" ? "it is gone" : null,
        };
    }
}
