namespace AgentOperator.Controllers.LeaderElection;

/// <summary>Whether this process may write. Asked at each write, on monotonic time: a process that was stopped for longer than its lease must notice before it does harm.</summary>
public sealed class Leadership(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TimeSpan _duration;
    private long? _renewedAt;

    /// <summary>True while the last renewal is younger than the lease.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return _renewedAt is { } renewed && time.GetElapsedTime(renewed) < _duration;
            }
        }
    }

    /// <summary>Notes a renewal that was sent at a time: the lease counts from the sending, not from the answer. A renewal that comes back too late revives nothing.</summary>
    internal bool Renew(long sentAt, TimeSpan duration, bool isFirst)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(sentAt) >= duration || (!isFirst && !(_renewedAt is { } renewed && time.GetElapsedTime(renewed) < _duration)))
            {
                _renewedAt = null;
                return false;
            }

            _renewedAt = sentAt;
            _duration = duration;
            return true;
        }
    }

    internal void End()
    {
        lock (_gate)
        {
            _renewedAt = null;
        }
    }
}
