namespace AgentOperator.Workflows.Locking;

/// <summary>Who holds a lock and who waits for it, in the order of their asking. Nothing here knows of servers: a record becomes another, and a write that carries the version read makes it so.</summary>
internal sealed record LockRecord
{
    /// <summary>Characters of all entries beyond which no more wait: annotations have room for 256 KiB. Who is left out asks again when the lock moves on.</summary>
    public const int MaxLength = 150_000;

    private const int EntryOverhead = 70;

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>How many hold it at once; null while that is not known.</summary>
    public int? Limit { get; init; }

    /// <summary>Why nobody gets it; null when nothing is wrong.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<LockEntry> Holders { get; init; } = [];

    public IReadOnlyList<LockEntry> Waiters { get; init; } = [];

    public bool IsEmpty => Holders.Count == 0 && Waiters.Count == 0;

    /// <summary>True when the next one to ask may be left out.</summary>
    public bool IsFull => Length(Holders) + Length(Waiters) > MaxLength - 1_000;

    public bool IsHeldBy(string holder) => Holders.Any(entry => entry.Covers(holder));

    public bool IsWaitedFor(string holder, int priority) => Waiters.Any(entry => entry.Holder == holder && entry.Priority == priority);

    /// <summary>Who has it already keeps it, who waits keeps the place.</summary>
    public LockRecord Ask(LockEntry entry)
    {
        if (IsHeldBy(entry.Holder) || IsWaitedFor(entry.Holder, entry.Priority))
        {
            return this;
        }

        LockEntry[] waiters = Waiters.Any(waiter => waiter.Holder == entry.Holder)
            ? [.. Waiters.Select(waiter => waiter.Holder == entry.Holder ? entry : waiter)]
            : [.. Waiters, entry];
        return this with { Waiters = Length(Holders) + Length(waiters) <= MaxLength ? waiters : [.. waiters.Except([InOrder(waiters).Last()])] };
    }

    public LockRecord Drop(Func<LockEntry, bool> isOver) => Holders.Any(isOver) || Waiters.Any(isOver)
        ? this with { Holders = [.. Holders.Where(entry => !isOver(entry))], Waiters = [.. Waiters.Where(entry => !isOver(entry))] }
        : this;

    /// <summary>Lets in who is next, as far as there is room. A limit that was lowered takes the lock from nobody.</summary>
    public LockRecord Grant(int? limit, string? problem)
    {
        LockEntry[] next = [.. InOrder(Waiters).Take(Math.Max(0, (limit ?? 0) - Holders.Count))];
        return Limit == limit && Problem == problem && next.Length == 0
            ? this
            : this with { Limit = limit, Problem = problem, Holders = [.. Holders, .. next], Waiters = [.. Waiters.Where(waiter => !next.Contains(waiter))] };
    }

    /// <summary>What a waiter is told.</summary>
    public string Tell()
    {
        if (Problem is not null)
        {
            return Problem;
        }

        const int Named = 3;
        string[] names = [.. Holders.Select(static holder => holder.Workflow).Distinct(StringComparer.Ordinal)];
        string who = string.Join(", ", names.Take(Named)) + (names.Length > Named ? $" and {names.Length - Named} more" : "");
        return Kind switch
        {
            LockId.Mutex => $"mutex {Name} is held by {who}",
            LockId.Semaphore => $"semaphore {Name} is held {Holders.Count} times of {Limit}, by {who}",
            _ => $"{Holders.Count} steps are under way in {Name.Replace('/', ' ')}, as many as the operator lets be at once",
        };
    }

    private static int Length(IEnumerable<LockEntry> entries) => entries.Sum(static entry => entry.Holder.Length + entry.Namespace.Length + entry.Workflow.Length + EntryOverhead);

    /// <summary>The higher priority first, then who asked first.</summary>
    private static IEnumerable<LockEntry> InOrder(IEnumerable<LockEntry> waiters) => waiters.OrderByDescending(static waiter => waiter.Priority);
}
