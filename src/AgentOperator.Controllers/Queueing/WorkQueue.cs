using AgentOperator.Controllers.Metrics;
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
    private readonly Dictionary<ObjectKey, (WorkPriority Priority, long Ticket, TimeSpan Since)> _waiting = [];
    private readonly Dictionary<ObjectKey, (WorkPriority? Again, TimeSpan Since)> _working = [];
    private readonly Dictionary<ObjectKey, int> _failures = [];
    private readonly DelayedKeys _delayed = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private readonly long _started;
    private readonly QueueMetrics? _metrics;
    private long _lastTicket;
    private bool _disposed;

    /// <param name="time">Clock of the delays.</param>
    /// <param name="name">Name that the queue is measured under; null: not measured.</param>
    /// <param name="workers">How many take from it, as the metrics tell.</param>
    public WorkQueue(TimeProvider time, string? name = null, int workers = 1)
    {
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (name is not null)
        {
            _metrics = new QueueMetrics(this, name, workers);
            Instruments.Add(_metrics);
        }
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
        bool isNew;
        lock (_gate)
        {
            isNew = AddLocked(key, priority);
        }

        Count(isNew ? 1 : 0);
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

        _metrics?.Retried();
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
        (ObjectKey key, TimeSpan waited) = Take();
        _metrics?.Taken(waited);
        return key;
    }

    /// <summary>Gives a key back; it is queued again if it was added in the meantime.</summary>
    public void Done(ObjectKey key)
    {
        TimeSpan worked;
        bool isNew = false;
        lock (_gate)
        {
            if (!_working.Remove(key, out (WorkPriority? Again, TimeSpan Since) work))
            {
                return;
            }

            worked = Now - work.Since;
            if (work.Again is { } priority)
            {
                isNew = AddLocked(key, priority);
            }
        }

        _metrics?.Done(worked);
        Count(isNew ? 1 : 0);
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
        if (_metrics is not null)
        {
            Instruments.Remove(_metrics);
        }
    }

    /// <summary>Number of keys being worked on, the sum of their ages and the longest, in seconds.</summary>
    internal (int Count, double Sum, double Longest) UnderWay()
    {
        lock (_gate)
        {
            double sum = 0;
            double longest = 0;
            foreach ((WorkPriority? _, TimeSpan since) in _working.Values)
            {
                double age = (Now - since).TotalSeconds;
                sum += age;
                longest = Math.Max(longest, age);
            }

            return (_working.Count, sum, longest);
        }
    }

    internal static TimeSpan Backoff(int failures) => TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, Math.Min(failures - 1, 30)), 300_000));

    private (ObjectKey Key, TimeSpan Waited) Take()
    {
        lock (_gate)
        {
            // A key raised from low to normal leaves its old entry behind, which is passed over here.
            while (true)
            {
                (ObjectKey key, long ticket) = _normal.Count > 0 ? _normal.Dequeue() : _low.Dequeue();
                if (_waiting.TryGetValue(key, out (WorkPriority Priority, long Ticket, TimeSpan Since) waiting) && waiting.Ticket == ticket)
                {
                    TimeSpan now = Now;
                    _waiting.Remove(key);
                    _working.Add(key, (null, now));
                    return (key, now - waiting.Since);
                }
            }
        }
    }

    /// <summary>True when the key was not there. What is measured is told outside of the lock: a listener may hold a lock of its own while it asks for the depth.</summary>
    private bool AddLocked(ObjectKey key, WorkPriority priority)
    {
        if (_disposed)
        {
            return false;
        }

        if (_working.TryGetValue(key, out (WorkPriority? Again, TimeSpan Since) work))
        {
            _working[key] = work with { Again = work.Again is null || priority > work.Again ? priority : work.Again };
        }
        else if (!_waiting.TryGetValue(key, out (WorkPriority Priority, long Ticket, TimeSpan Since) waiting))
        {
            Enqueue(key, priority, Now);
            _available.Release();
            return true;
        }
        else if (priority > waiting.Priority)
        {
            Enqueue(key, priority, waiting.Since);
        }

        return false;
    }

    private void Enqueue(ObjectKey key, WorkPriority priority, TimeSpan since)
    {
        long ticket = ++_lastTicket;
        _waiting[key] = (priority, ticket, since);
        (priority == WorkPriority.Normal ? _normal : _low).Enqueue((key, ticket));
    }

    private void Release()
    {
        int added = 0;
        lock (_gate)
        {
            TimeSpan now = Now;
            while (_delayed.TakeDue(now) is { } key)
            {
                added += AddLocked(key, WorkPriority.Normal) ? 1 : 0;
            }

            Schedule();
        }

        Count(added);
    }

    private void Count(int added)
    {
        if (added > 0)
        {
            _metrics?.Added(added);
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
