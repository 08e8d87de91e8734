namespace AgentOperator.Local.Garbage;

/// <summary>The garbage collector's semantics, without I/O.</summary>
internal static class GarbageDecider
{
    /// <param name="owners">Standing of each owner.</param>
    /// <param name="hasDependents">Whether the object owns others.</param>
    public static GarbageAction Decide(IReadOnlyCollection<OwnerStanding> owners, bool hasDependents)
    {
        if (owners.Count == 0 || owners.All(static owner => owner == OwnerStanding.Solid))
        {
            return GarbageAction.Keep;
        }

        if (owners.Contains(OwnerStanding.Solid))
        {
            return GarbageAction.Disown;
        }

        return owners.Contains(OwnerStanding.Waiting) && hasDependents ? GarbageAction.DeleteForeground : GarbageAction.Delete;
    }

    /// <summary>The propagation policy that an object's finalizers ask for.</summary>
    public static string Policy(MetadataObject item) =>
        item.Has(Finalizers.Orphan) ? "Orphan" : item.Has(Finalizers.Foreground) ? "Foreground" : "Background";
}
