namespace AgentOperator.Testing;

/// <summary>A clock that moves only when told. Timers fire on the caller of <see cref="Advance"/>, in the order of their due times.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(TimeSpan DueIn, TaskCompletionSource Started)> _awaited = [];
    private TimeSpan _elapsed;
    private DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What the pending timers still wait, the shortest first.</summary>
    public IReadOnlyList<TimeSpan> Pending
    {
        get
        {
            lock (_gate)
            {
                return [.. _timers.Where(static timer => timer.Due is not null).Select(timer => timer.Due!.Value - _elapsed).Order()];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _start + _elapsed;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        FakeTimer timer = new(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing what becomes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan until;
        lock (_gate)
        {
            until = _elapsed + by;
        }

        while (NextDue(until) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Sets the wall clock forward or back, as NTP or an administrator does; time elapsed is not touched.</summary>
    public void ShiftWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _start += by;
        }
    }

    /// <summary>Completes once somebody waits for exactly this time from now on.</summary>
    public Task WaitStartedAsync(TimeSpan dueIn, CancellationToken cancellation)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_timers.Any(timer => timer.Due - _elapsed == dueIn))
            {
                return Task.CompletedTask;
            }

            _awaited.Add((dueIn, started));
        }

        return started.Task.WaitAsync(cancellation);
    }

    internal bool Change(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : _elapsed + dueTime;
            timer.Period = period;
            if (!_timers.Contains(timer))
            {
                _timers.Add(timer);
            }

            foreach ((TimeSpan dueIn, TaskCompletionSource started) in _awaited)
            {
                if (dueIn == dueTime)
                {
                    started.TrySetResult();
                }
            }
        }

        return true;
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            timer.Due = null;
            _timers.Remove(timer);
        }
    }

    private FakeTimer? NextDue(TimeSpan until)
    {
        lock (_gate)
        {
            FakeTimer? next = _timers.Where(timer => timer.Due <= until).MinBy(static timer => timer.Due);
            if (next is null)
            {
                _elapsed = until;
                return null;
            }

            _elapsed = next.Due > _elapsed ? next.Due.Value : _elapsed;
            next.Due = next.Period > TimeSpan.Zero ? _elapsed + next.Period : null;
            return next;
        }
    }
}
