using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Sharding;

/// <summary>Judges members by when this process saw their Leases change, never by the times written in them: clocks of two machines may differ by hours.</summary>
/// <param name="time">Clock.</param>
/// <param name="patience">How long a member that says nothing is respected.</param>
/// <param name="longestGap">Longest time between two looks that both count: who has not looked does not know who was silent.</param>
internal sealed class MemberWatcher(TimeProvider time, TimeSpan patience, TimeSpan longestGap)
{
    private readonly Dictionary<string, (string? Version, long ChangedAt)> _seen = new(StringComparer.Ordinal);
    private long? _lookedAt;

    /// <summary>Notes what was just read: the version of the Lease of each member, null for one that has none although the map names it.</summary>
    public void Look(IReadOnlyDictionary<string, string?> versions)
    {
        long now = time.GetTimestamp();
        if (_lookedAt is { } before && time.GetElapsedTime(before, now) > longestGap)
        {
            _seen.Clear();
        }

        _lookedAt = now;
        foreach (string gone in _seen.Keys.Where(member => !versions.ContainsKey(member)).ToArray())
        {
            _seen.Remove(gone);
        }

        foreach ((string member, string? version) in versions)
        {
            if (!_seen.TryGetValue(member, out (string? Version, long ChangedAt) seen) || seen.Version != version)
            {
                _seen[member] = (version, now);
            }
        }
    }

    /// <summary>Whether a member has been silent for too long.</summary>
    public bool IsSilent(string member, Lease? lease)
    {
        TimeSpan own = TimeSpan.FromSeconds(lease?.Spec?.LeaseDurationSeconds ?? 0);
        return _seen.TryGetValue(member, out (string? Version, long ChangedAt) seen) && time.GetElapsedTime(seen.ChangedAt) >= (own > patience ? own : patience);
    }
}
