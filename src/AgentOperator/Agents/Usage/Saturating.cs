namespace AgentOperator.Agents.Usage;

/// <summary>Sums of counts that others told: neither a negative one nor one too many breaks them.</summary>
internal static class Saturating
{
    /// <summary>At most <see cref="long.MaxValue"/>; a negative count is none.</summary>
    public static long Sum(IEnumerable<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            long more = Math.Max(0, count);
            sum = sum > long.MaxValue - more ? long.MaxValue : sum + more;
        }

        return sum;
    }
}
