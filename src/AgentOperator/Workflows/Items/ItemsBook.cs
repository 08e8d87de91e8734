using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>The items of a step while they are being decided.</summary>
internal sealed class ItemsBook
{
    /// <summary>Failed items of which status tells how: with 10,000 of them nobody reads more.</summary>
    private const int MaxTold = 10;

    private const int MaxMessage = 512;

    private readonly ItemsStatus _status;
    private readonly SortedDictionary<int, ItemAttempt> _notes = [];

    public ItemsBook(ItemsStatus status)
    {
        _status = status;
        Succeeded = IndexRanges.Parse(status.Succeeded);
        Failed = IndexRanges.Parse(status.Failed);
        Running = IndexRanges.Parse(status.Running);
        Started = IndexRanges.Parse(status.Started);
        foreach (ItemAttempt note in status.Attempts ?? [])
        {
            _notes[note.Index] = note;
        }
    }

    public int Total => _status.Total;

    public IndexRanges Succeeded { get; set; }

    public IndexRanges Failed { get; private set; }

    public IndexRanges Running { get; set; }

    /// <summary>Of those, the ones whose Jobs were seen.</summary>
    public IndexRanges Started { get; set; }

    /// <summary>Neither succeeded nor failed for good.</summary>
    public IndexRanges Left => IndexRanges.Below(Total).Except(Succeeded).Except(Failed);

    /// <summary>When retries of items that wait for one are due, in the order of the items.</summary>
    public IEnumerable<(int Place, DateTimeOffset At)> Due => _notes.Values
        .Where(note => note.Until is not null && !Running.Contains(note.Index) && !Failed.Contains(note.Index))
        .Select(static note => (note.Index, note.Until!.Value.Value));

    /// <summary>The newest attempt.</summary>
    public int MaxAttempt => _notes.Count == 0 ? 1 : _notes.Values.Max(static note => note.Attempt);

    /// <summary>Number of an item's newest attempt.</summary>
    public int AttemptOf(int place) => _notes.TryGetValue(place, out ItemAttempt? note) ? note.Attempt : 1;

    /// <summary>Until when an item that is under way may take to start; null when nothing keeps it.</summary>
    public DateTimeOffset? PatienceOf(int place) => _notes.GetValueOrDefault(place)?.Until?.Value;

    public void Wait(int place, DateTimeOffset? until)
    {
        if (_notes.TryGetValue(place, out ItemAttempt? note) || until is not null)
        {
            _notes[place] = (note ?? new ItemAttempt { Index = place, Attempt = 1 }) with { Until = until is { } at ? new MicroTime(at) : null };
        }
    }

    public void Succeed(int place)
    {
        Succeeded = Succeeded.Add(place);
        Leave(place);
        _notes.Remove(place);
    }

    /// <summary>Another attempt of the item follows.</summary>
    public void Retry(int place, int attempt, AttemptEnd end, DateTimeOffset at)
    {
        Leave(place);
        _notes[place] = NoteOf(place, attempt, end) with { Until = new MicroTime(at) };
    }

    /// <summary>The item has failed for good.</summary>
    public void GiveUp(int place, int attempt, AttemptEnd end)
    {
        Failed = Failed.Add(place);
        Leave(place);
        _notes[place] = NoteOf(place, attempt, end);
    }

    /// <summary>The same for many, of an attempt that was one Job.</summary>
    public void GiveUp(int attempt, IReadOnlyList<(int Place, AttemptEnd End)> ends)
    {
        Failed = Failed.Union(IndexRanges.Of(ends.Select(static entry => entry.Place)));
        foreach ((int place, AttemptEnd end) in ends.Take(MaxTold))
        {
            _notes[place] = NoteOf(place, attempt, end);
        }
    }

    /// <summary>An item's next attempt begins.</summary>
    public void Start(int place)
    {
        if (_notes.TryGetValue(place, out ItemAttempt? note))
        {
            _notes[place] = note with { Attempt = note.Attempt + 1, Until = null };
        }

        Running = Running.Add(place);
    }

    /// <summary>What is known of failures in words: of the first of them, in the order of the items.</summary>
    public string Tell() => string.Join("; ", Told().Select(static note => $"item {note.Index.ToString(CultureInfo.InvariantCulture)}: {note.Message ?? note.Reason}")) + (Failed.Count > MaxTold ? "; and more" : "");

    /// <summary>True when no item failed by its own no.</summary>
    public bool IsErrored() => Told().All(static note => StepReasons.IsOfPlatform(note.Reason));

    /// <param name="isOver">True at the end of the step: only failures are still of interest.</param>
    public ItemsStatus ToStatus(bool isOver)
    {
        HashSet<int> told = [.. Told().Select(static note => note.Index)];
        ItemAttempt[] notes =
        [
            .. _notes.Values
                .Where(note => !isOver || told.Contains(note.Index))
                .Select(note => told.Contains(note.Index) || note.Message is null ? note : note with { Message = null }),
        ];
        return _status with
        {
            Succeeded = Succeeded.ToStatus(),
            Failed = Failed.ToStatus(),
            Running = isOver ? null : Running.ToStatus(),
            Started = isOver ? null : Started.Intersect(Running).ToStatus(),
            Attempts = notes.Length == 0 ? null : notes,
        };
    }

    private IEnumerable<ItemAttempt> Told() => _notes.Values.Where(note => Failed.Contains(note.Index)).Take(MaxTold);

    private void Leave(int place)
    {
        IndexRanges one = IndexRanges.Of([place]);
        Running = Running.Except(one);
        Started = Started.Except(one);
    }

    private static ItemAttempt NoteOf(int place, int attempt, AttemptEnd end) => new()
    {
        Index = place,
        Attempt = attempt,
        ExitCode = end.ExitCode,
        Reason = end.Reason,
        Message = end.Message is { Length: > MaxMessage } message ? $"{message[..(char.IsHighSurrogate(message[MaxMessage - 2]) ? MaxMessage - 2 : MaxMessage - 1)]}…" : end.Message,
    };
}
