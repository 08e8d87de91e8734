using AgentOperator.Controllers.Queueing;

namespace AgentOperator.Controllers.Tests.Queueing;

/// <summary>What a queue must do, without anything that makes it fast or safe for threads.</summary>
internal sealed class QueueModel
{
    private readonly List<(string Name, WorkPriority Priority, int Turn)> _waiting = [];
    private readonly List<(string Name, int Due)> _delayed = [];
    private readonly Dictionary<string, WorkPriority?> _working = [];
    private readonly Dictionary<string, int> _failures = [];
    private int _now;
    private int _turn;

    public int Depth => _waiting.Count;

    /// <summary>The keys that may come next: several when they became due at the same moment.</summary>
    public IReadOnlyList<string> Next
    {
        get
        {
            (WorkPriority Priority, int Turn) first = _waiting.Select(static entry => (entry.Priority, entry.Turn)).OrderByDescending(static entry => entry.Priority).ThenBy(static entry => entry.Turn).First();
            return [.. _waiting.Where(entry => (entry.Priority, entry.Turn) == first).Select(static entry => entry.Name)];
        }
    }

    public IReadOnlyList<string> Working => [.. _working.Keys.Order()];

    public void Add(string name, WorkPriority priority)
    {
        _turn++;
        AddAtTurn(name, priority);
    }

    public void AddAfter(string name, int milliseconds)
    {
        if (milliseconds <= 0)
        {
            Add(name, WorkPriority.Normal);
            return;
        }

        int due = _now + milliseconds;
        if (_delayed.FindIndex(entry => entry.Name == name) is >= 0 and var index)
        {
            due = Math.Min(due, _delayed[index].Due);
            _delayed.RemoveAt(index);
        }

        _delayed.Add((name, due));
    }

    public void Fail(string name)
    {
        int failures = _failures[name] = _failures.GetValueOrDefault(name) + 1;
        AddAfter(name, (int)Math.Min(5 * Math.Pow(2, failures - 1), 300_000));
    }

    public void Forget(string name) => _failures.Remove(name);

    public void Take(string name)
    {
        _waiting.RemoveAll(entry => entry.Name == name);
        _working.Add(name, null);
    }

    public void Done(string name)
    {
        _working.Remove(name, out WorkPriority? again);
        if (again is { } priority)
        {
            Add(name, priority);
        }
    }

    /// <summary>Keys become ready a millisecond after they are due: timers count whole ones.</summary>
    public void Advance(int milliseconds)
    {
        int until = _now + milliseconds;
        while (_delayed.Count > 0 && Math.Max(_delayed.Min(static entry => entry.Due) + 1, _now) is var fires && fires <= until)
        {
            _now = fires;
            foreach (IGrouping<int, string> together in _delayed.Where(entry => entry.Due <= _now).GroupBy(static entry => entry.Due, static entry => entry.Name).OrderBy(static group => group.Key).ToList())
            {
                _turn++;
                foreach (string name in together)
                {
                    AddAtTurn(name, WorkPriority.Normal);
                }
            }

            _delayed.RemoveAll(entry => entry.Due <= _now);
        }

        _now = until;
    }

    private void AddAtTurn(string name, WorkPriority priority)
    {
        if (_working.TryGetValue(name, out WorkPriority? again))
        {
            _working[name] = again is { } known && known > priority ? known : priority;
        }
        else if (_waiting.FindIndex(entry => entry.Name == name) is >= 0 and var index)
        {
            if (_waiting[index].Priority < priority)
            {
                _waiting.RemoveAt(index);
                _waiting.Add((name, priority, _turn));
            }
        }
        else
        {
            _waiting.Add((name, priority, _turn));
        }
    }
}
