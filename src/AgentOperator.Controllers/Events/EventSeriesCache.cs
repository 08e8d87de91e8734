using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Controllers.Events;

/// <summary>Decides what is written of events that come again, as client-go does: the first as it is, the second as a series, more only as a count that is written from time to time. Not thread-safe; it has no clock.</summary>
internal sealed class EventSeriesCache
{
    /// <summary>An event that has not come for so long is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(6);

    /// <summary>How often the count of a series is written while it goes on.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromMinutes(30);

    /// <summary>So many different events are remembered; beyond, the oldest is forgotten and would be told anew.</summary>
    public const int Most = 4096;

    private readonly Dictionary<EventKey, Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>What to write about an occurrence; null for nothing yet. With <see cref="Event.Series"/> it is known already.</summary>
    public Event? Observe(Event occurrence, DateTimeOffset now)
    {
        EventKey key = EventKey.Of(occurrence);
        if (!_entries.TryGetValue(key, out Entry? entry) || now - entry.LastAt >= Idle)
        {
            MakeRoom(key);
            _entries[key] = new Entry { First = occurrence, LastAt = now, WrittenAt = now };
            return occurrence;
        }

        entry.Occurrences++;
        entry.LastAt = now;
        return entry.Occurrences == 2 ? entry.Write(now) : null;
    }

    /// <summary>Counts that are due to be written; forgets what is over.</summary>
    public IReadOnlyList<Event> Due(DateTimeOffset now)
    {
        List<Event> due = [];
        foreach ((EventKey key, Entry entry) in _entries.ToArray())
        {
            bool isOver = now - entry.LastAt >= Idle;
            if (entry.IsAhead && (isOver || now - entry.WrittenAt >= Refresh))
            {
                due.Add(entry.Write(now));
            }

            if (isOver)
            {
                _entries.Remove(key);
            }
        }

        return due;
    }

    /// <summary>Every count that has not been written.</summary>
    public IReadOnlyList<Event> Unwritten(DateTimeOffset now) => [.. _entries.Values.Where(static entry => entry.IsAhead).Select(entry => entry.Write(now))];

    private void MakeRoom(EventKey key)
    {
        if (_entries.Count >= Most && !_entries.ContainsKey(key))
        {
            _entries.Remove(_entries.MinBy(static entry => entry.Value.LastAt).Key);
        }
    }

    private sealed class Entry
    {
        public required Event First { get; init; }

        public int Occurrences { get; set; } = 1;

        public int Written { get; private set; } = 1;

        public required DateTimeOffset LastAt { get; set; }

        public required DateTimeOffset WrittenAt { get; set; }

        public bool IsAhead => Occurrences > Written;

        public Event Write(DateTimeOffset now)
        {
            Written = Occurrences;
            WrittenAt = now;
            return First with { Series = new EventSeries { Count = Occurrences, LastObservedTime = new MicroTime(LastAt) } };
        }
    }
}
