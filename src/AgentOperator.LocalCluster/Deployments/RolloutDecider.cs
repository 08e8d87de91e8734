namespace AgentOperator.Local.Deployments;

/// <summary>The Deployment controller's scaling, without I/O.</summary>
internal static class RolloutDecider
{
    /// <summary>The new number of pods of each set that is to change.</summary>
    /// <param name="limits">What the strategy allows.</param>
    /// <param name="isRecreate">All old pods end before a new one starts.</param>
    /// <param name="current">The set of the Deployment's template.</param>
    /// <param name="old">The sets of earlier templates, oldest first.</param>
    public static IReadOnlyDictionary<string, int> Decide(RolloutLimits limits, bool isRecreate, RolloutSet current, IReadOnlyList<RolloutSet> old)
    {
        Dictionary<string, int> wanted = new(StringComparer.Ordinal);
        if (isRecreate)
        {
            foreach (RolloutSet set in old.Where(static set => set.Wanted > 0))
            {
                wanted[set.Name] = 0;
            }

            if (old.All(static set => set is { Wanted: 0, Existing: 0 }))
            {
                Set(wanted, current, limits.Desired);
            }

            return wanted;
        }

        int total = current.Wanted + old.Sum(static set => set.Wanted);
        int grown = current.Wanted >= limits.Desired ? limits.Desired : Math.Min(limits.Desired, current.Wanted + Math.Max(0, limits.MostTotal - total));
        Set(wanted, current, grown);
        if (grown == current.Wanted)
        {
            Shrink(limits, current, old, total, wanted);
        }

        return wanted;
    }

    /// <summary>A paused rollout stands still; where only one set has pods, it still follows the wanted number.</summary>
    public static IReadOnlyDictionary<string, int> WhilePaused(RolloutLimits limits, RolloutSet? current, IReadOnlyList<RolloutSet> old)
    {
        Dictionary<string, int> wanted = new(StringComparer.Ordinal);
        RolloutSet[] all = current is null ? [.. old] : [.. old, current];
        RolloutSet[] active = [.. all.Where(static set => set.Wanted > 0)];
        if (active.Length <= 1 && (active.FirstOrDefault() ?? all.LastOrDefault()) is { } only)
        {
            Set(wanted, only, limits.Desired);
        }

        return wanted;
    }

    private static void Shrink(RolloutLimits limits, RolloutSet current, IReadOnlyList<RolloutSet> old, int total, Dictionary<string, int> wanted)
    {
        int removable = total - limits.LeastAvailable - (current.Wanted - current.Available);
        int spare = current.Available + old.Sum(static set => set.Available) - limits.LeastAvailable;
        foreach (RolloutSet set in old.Where(static set => set.Wanted > 0))
        {
            // Pods that serve nobody cost nothing to lose.
            int dead = Math.Clamp(Math.Min(set.Wanted - set.Available, removable), 0, set.Wanted);
            int alive = Math.Clamp(Math.Min(spare, removable - dead), 0, set.Wanted - dead);
            removable -= dead + alive;
            spare -= alive;
            Set(wanted, set, set.Wanted - dead - alive);
        }
    }

    private static void Set(Dictionary<string, int> wanted, RolloutSet set, int replicas)
    {
        if (set.Wanted != replicas)
        {
            wanted[set.Name] = replicas;
        }
    }
}
