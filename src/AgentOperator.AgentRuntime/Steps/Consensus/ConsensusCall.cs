using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps.Consensus;

/// <summary>Asks all voices at once, and counts what they say.</summary>
internal sealed class ConsensusCall(TimeProvider time)
{
    /// <exception cref="StepFailedException">The votes do not agree; the message tells them.</exception>
    public async Task<StepResult> RunAsync(StepTask task, ConsensusTask consensus, ActivityContext trace, CancellationToken cancellation)
    {
        CastVote[] votes = await Task.WhenAll(consensus.Voters.Select(voter => AskAsync(task, consensus, voter, trace, cancellation)));
        UsageReport? usage = votes.Select(static vote => vote.Usage).Aggregate((UsageReport?)null, static (sum, next) => sum is null ? next : next is null ? sum : UsageMath.Add(sum, next));
        (IReadOnlyList<CastVote> winners, int weight, string? problem) = Ballot.Count(consensus, votes);
        if (problem is not null)
        {
            throw new StepFailedException(problem, usage: usage) { ExitCode = RuntimeFiles.NoConsensus };
        }

        JsonObject result = new()
        {
            ["decision"] = Node(winners[0].Vote),
            ["agreed"] = weight,
            ["votes"] = new JsonArray([.. votes.Select(static vote => new JsonObject { ["agent"] = vote.Agent, ["vote"] = Node(vote.Vote), ["error"] = vote.Error })]),
            ["answer"] = Node(winners[0].Answer),
        };
        return new StepResult { Result = JsonSerializer.SerializeToElement(result, AgentRuntimeJsonContext.Default.JsonObject), Usage = usage };
    }

    private async Task<CastVote> AskAsync(StepTask task, ConsensusTask consensus, ConsensusTaskVoter voter, ActivityContext trace, CancellationToken cancellation)
    {
        try
        {
            if (!Uri.TryCreate(voter.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            {
                throw new StepFailedException($"The url {voter.Url} of {voter.Agent} is no http or https URL.", isFinal: true);
            }

            return CastVote.Of(voter, await new DeployedAgent(url, time).CallAsync(task with { Skill = voter.Skill }, trace, cancellation), consensus.Vote);
        }
        catch (StepFailedException error)
        {
            return new CastVote { Agent = voter.Agent, Weight = voter.Weight, Error = error.Message, Usage = error.Usage };
        }
    }

    private static JsonNode? Node(JsonElement? value) => value is { } json ? JsonNode.Parse(json.GetRawText()) : null;
}
