namespace AgentOperator.Controllers.Sharding;

/// <summary>What one member does about the map. Each acts for itself alone: it gives up what is more than its part, and takes what is free up to its part. Members that disagree for a while on who is there do no harm by that.</summary>
/// <param name="Claim">Free slots to take.</param>
/// <param name="Surplus">Own slots to hand over.</param>
internal sealed record ShardPlan(IReadOnlyList<int> Claim, IReadOnlySet<int> Surplus)
{
    /// <param name="table">Owner of each slot; null for none.</param>
    /// <param name="live">The members, this one included.</param>
    /// <param name="self">This member.</param>
    public static ShardPlan For(string?[] table, IReadOnlyCollection<string> live, string self)
    {
        int quota = QuotaOf(live, self);
        int[] own = [.. Enumerable.Range(0, table.Length).Where(slot => table[slot] == self)];
        if (own.Length >= quota)
        {
            return new ShardPlan([], own.Skip(quota).ToHashSet());
        }

        return new ShardPlan([.. Enumerable.Range(0, table.Length).Where(slot => table[slot] is null).Take(quota - own.Length)], new HashSet<int>());
    }

    /// <summary>Equal parts; the first members have one more where it does not come out even.</summary>
    private static int QuotaOf(IReadOnlyCollection<string> live, string self)
    {
        int rank = live.Count(member => string.CompareOrdinal(member, self) < 0);
        return (Slots.Count / live.Count) + (rank < Slots.Count % live.Count ? 1 : 0);
    }
}
