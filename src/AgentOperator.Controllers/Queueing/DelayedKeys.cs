using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Queueing;

/// <summary>Keys with the time at which they are due, on any scale that only rises; of several times for one key the earliest counts. Not thread-safe.</summary>
internal sealed class DelayedKeys
{
    private readonly PriorityQueue<ObjectKey, TimeSpan> _order = new();
    private readonly Dictionary<ObjectKey, TimeSpan> _due = [];

    /// <summary>Entries held, those included that a sooner one has replaced.</summary>
    public int Size => _order.Count;

    /// <summary>When the next key is due.</summary>
    public TimeSpan? Next
    {
        get
        {
            DropStale();
            return _order.TryPeek(out _, out TimeSpan due) ? due : null;
        }
    }

    public void Add(ObjectKey key, TimeSpan due)
    {
        if (!_due.TryGetValue(key, out TimeSpan current) || due < current)
        {
            _due[key] = due;
            _order.Enqueue(key, due);
            DropReplaced();
        }
    }

    public ObjectKey? TakeDue(TimeSpan now)
    {
        DropStale();
        if (!_order.TryPeek(out ObjectKey key, out TimeSpan due) || due > now)
        {
            return null;
        }

        _order.Dequeue();
        _due.Remove(key);
        return key;
    }

    private void DropStale()
    {
        while (_order.TryPeek(out ObjectKey key, out TimeSpan due) && (!_due.TryGetValue(key, out TimeSpan current) || current != due))
        {
            _order.Dequeue();
        }
    }

    /// <summary>A replaced entry would stay until its time, which may be days.</summary>
    private void DropReplaced()
    {
        if (_order.Count > (2 * _due.Count) + 64)
        {
            _order.Clear();
            _order.EnqueueRange(_due.Select(static entry => (entry.Key, entry.Value)));
        }
    }
}
