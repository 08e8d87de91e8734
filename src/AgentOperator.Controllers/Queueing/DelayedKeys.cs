using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Queueing;

/// <summary>Keys with the time at which they are due; of several times for one key the earliest counts. Not thread-safe.</summary>
internal sealed class DelayedKeys
{
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _order = new();
    private readonly Dictionary<ObjectKey, DateTimeOffset> _due = [];

    /// <summary>When the next key is due.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            DropStale();
            return _order.TryPeek(out _, out DateTimeOffset due) ? due : null;
        }
    }

    public void Add(ObjectKey key, DateTimeOffset due)
    {
        if (!_due.TryGetValue(key, out DateTimeOffset current) || due < current)
        {
            _due[key] = due;
            _order.Enqueue(key, due);
        }
    }

    public ObjectKey? TakeDue(DateTimeOffset now)
    {
        DropStale();
        if (!_order.TryPeek(out ObjectKey key, out DateTimeOffset due) || due > now)
        {
            return null;
        }

        _order.Dequeue();
        _due.Remove(key);
        return key;
    }

    private void DropStale()
    {
        while (_order.TryPeek(out ObjectKey key, out DateTimeOffset due) && (!_due.TryGetValue(key, out DateTimeOffset current) || current != due))
        {
            _order.Dequeue();
        }
    }
}
