using System.Globalization;

namespace AgentOperator.Local.Dapr.State;

/// <summary>The back end of <c>state.in-memory</c>: one for a Component, whichever sidecar asks.</summary>
internal sealed class StateStore(TimeProvider time)
{
    private const int SweepEvery = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StateEntry> _entries = new(StringComparer.Ordinal);
    private long _versions;

    public StateEntry? Find(string key)
    {
        lock (_gate)
        {
            return Current(key);
        }
    }

    /// <summary>False when the etag, or its absence on a first write, does not fit what is stored.</summary>
    public bool TryApply(StateChange change)
    {
        lock (_gate)
        {
            if (!Fits(change))
            {
                return false;
            }

            Apply(change);
            return true;
        }
    }

    /// <summary>All or nothing; false when one does not fit what was stored before.</summary>
    public bool TryApply(IReadOnlyList<StateChange> changes)
    {
        lock (_gate)
        {
            if (!changes.All(Fits))
            {
                return false;
            }

            foreach (StateChange change in changes)
            {
                Apply(change);
            }

            return true;
        }
    }

    private bool Fits(StateChange change)
    {
        StateEntry? entry = Current(change.Key);
        return string.IsNullOrEmpty(change.Etag) ? !change.IsFirstWrite || entry is null : entry?.Etag == change.Etag;
    }

    private void Apply(StateChange change)
    {
        if (change.Value is not { } value)
        {
            _entries.Remove(change.Key);
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        _entries[change.Key] = new StateEntry(value, (++_versions).ToString(CultureInfo.InvariantCulture), change.TimeToLive is { Ticks: > 0 } life ? now + life : null);
        if (_versions % SweepEvery == 0)
        {
            foreach (string gone in _entries.Where(entry => entry.Value.Expires <= now).Select(static entry => entry.Key).ToArray())
            {
                _entries.Remove(gone);
            }
        }
    }

    private StateEntry? Current(string key) => _entries.TryGetValue(key, out StateEntry? entry) && !(entry.Expires <= time.GetUtcNow()) ? entry : null;
}
