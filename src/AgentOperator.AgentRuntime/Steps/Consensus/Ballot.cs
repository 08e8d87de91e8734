using System.Globalization;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;

namespace AgentOperator.AgentRuntime.Steps.Consensus;

/// <summary>Counts votes: pure. Who gave none counts for no side, and still for the weight of all.</summary>
internal static class Ballot
{
    /// <summary>The votes of the side that has won, and its weight; or why none has.</summary>
    public static (IReadOnlyList<CastVote> Winners, int Weight, string? Problem) Count(ConsensusTask task, IReadOnlyList<CastVote> votes)
    {
        (CastVote[] Votes, int Weight)[] sides =
        [
            .. votes.Where(static vote => vote.Side is not null)
                .GroupBy(static vote => vote.Side)
                .Select(static side => (side.ToArray(), side.Sum(static vote => vote.Weight)))
                .OrderByDescending(static side => side.Item2),
        ];
        int all = votes.Sum(static vote => vote.Weight);
        int answers = votes.Count(static vote => vote.Side is not null);
        if (task.Strategy != ConsensusStrategies.Quorum && answers < task.Quorum)
        {
            return ([], 0, $"{Text(answers)} of {Text(votes.Count)} agents voted, and {Text(task.Quorum!.Value)} are to (quorum): {Tell(sides, votes)}");
        }

        if (sides is not [var first, ..])
        {
            return ([], 0, $"nobody voted: {Tell(sides, votes)}");
        }

        bool isFirst = sides.Length == 1 || first.Weight > sides[1].Weight;
        (bool hasWon, string wanted) = task.Strategy switch
        {
            ConsensusStrategies.Unanimous => (first.Votes.Length == votes.Count, "all votes"),
            ConsensusStrategies.Plurality => (isFirst, "more votes than any other"),
            ConsensusStrategies.Quorum => (isFirst && first.Weight >= task.Quorum, $"{Text(task.Quorum ?? 0)} votes, and more than any other"),
            _ => (first.Weight * 2 > all, $"more than half of {Text(all)} votes"),
        };
        return hasWon ? (first.Votes, first.Weight, null) : ([], 0, $"no vote has {wanted} ({task.Strategy}): {Tell(sides, votes)}");
    }

    private static string Tell(IEnumerable<(CastVote[] Votes, int Weight)> sides, IReadOnlyList<CastVote> votes)
    {
        IEnumerable<string> told = sides.Select(static side => $"{CastVote.Tell(side.Votes[0].Side!)} has {Text(side.Weight)} ({string.Join(", ", side.Votes.Select(static vote => vote.Agent))})");
        IEnumerable<string> silent = votes.Where(static vote => vote.Side is null).Select(static vote => $"no vote of {vote.Agent}: {vote.Error}");
        return string.Join("; ", told.Concat(silent));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
