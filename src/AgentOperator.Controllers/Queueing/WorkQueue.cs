using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Queueing;

/// <summary>A queue of keys: a key is there at most once, is handed to one worker at a time, and comes again if it was added while being worked on.</summary>
public sealed class WorkQueue : IDisposable
{
    /// <summary>Delays are cut to this, far below what timers can hold.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<(ObjectKey Key, long Ticket)> _normal = new();
    private readonly Queue<(ObjectKey Key, long Ticket)> _low = new();
    private readonly Dictionary<ObjectKey, (WorkPriority Priority, long Ticket)> _waiting = [];
    private readonly Dictionary<ObjectKey, WorkPriority?> _working = [];
    private readonly Dictionary<ObjectKey, int> _failures = [];
    private readonly DelayedKeys _delayed = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private readonly long _started;
    private long _lastTicket;
    private bool _disposed;

    public WorkQueue(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since the queue began: a wall clock can be set back, and would hold keys up.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Keys that a worker could take now.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds a key now.</summary>
    public void Add(ObjectKey key, WorkPriority priority = WorkPriority.Normal)
    {
        lock (_gate)
        {
            AddLocked(key, priority);
        }
    }

    /// <summary>Adds a key after a delay; when it is already due sooner, the sooner time stays.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _delayed.Add(key, Now + (delay > LongestDelay ? LongestDelay : delay));
            Schedule();
        }
    }

    /// <summary>Adds a key after its own backoff: 5 ms doubling to five minutes.</summary>
    public void AddFailed(ObjectKey key)
    {
        int failures;
        lock (_gate)
        {
            failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
        }

        AddAfter(key, Backoff(failures));
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(ObjectKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>Takes the next key; the caller must call <see cref="Done"/>.</summary>
    public async Task<ObjectKey> TakeAsync(CancellationToken cancellation)
    {
        await _available.WaitAsync(cancellation);
        lock (_gate)
        {
            // A key raised from low to normal leaves its old entry behind, which is passed over here.
            while (true)
            {
                (ObjectKey key, long ticket) = _normal.Count > 0 ? _normal.Dequeue() : _low.Dequeue();
                if (_waiting.TryGetValue(key, out (WorkPriority Priority, long Ticket) waiting) && waiting.Ticket == ticket)
                {
                    _waiting.Remove(key);
                    _working.Add(key, null);
                    return key;
                }
            }
        }
    }

    /// <summary>Gives a key back; it is queued again if it was added in the meantime.</summary>
    public void Done(ObjectKey key)
    {
        lock (_gate)
        {
            if (_working.Remove(key, out WorkPriority? again) && again is { } priority)
            {
                AddLocked(key, priority);
            }
        }
    }

    /// <summary>Ends the queue; what is still added is ignored, since stores and timers may be a moment behind.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
        _available.Dispose();
    }

    internal static TimeSpan Backoff(int failures) => TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, Math.Min(failures - 1, 30)), 300_000));

    private void AddLocked(ObjectKey key, WorkPriority priority)
    {
        if (_disposed)
        {
            return;
        }

        if (_working.TryGetValue(key, out WorkPriority? again))
        {
            _working[key] = again is null || priority > again ? priority : again;
        }
        else if (!_waiting.TryGetValue(key, out (WorkPriority Priority, long Ticket) waiting))
        {
            Enqueue(key, priority);
            _available.Release();
        }
        else if (priority > waiting.Priority)
        {
            Enqueue(key, priority);
        }
    }

    private void Enqueue(ObjectKey key, WorkPriority priority)
    {
        long ticket = ++_lastTicket;
        _waiting[key] = (priority, ticket);
        (priority == WorkPriority.Normal ? _normal : _low).Enqueue((key, ticket));
    }

    private void Release()
    {
        lock (_gate)
        {
            TimeSpan now = Now;
            while (_delayed.TakeDue(now) is { } key)
            {
                AddLocked(key, WorkPriority.Normal);
            }

            Schedule();
        }
    }

    private void Schedule()
    {
        if (_delayed.Next is not { } due)
        {
            return;
        }

        // Timers count whole milliseconds: one that fires early by a fraction would spin.
        TimeSpan wait = due - Now + TimeSpan.FromMilliseconds(1);
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }
}
