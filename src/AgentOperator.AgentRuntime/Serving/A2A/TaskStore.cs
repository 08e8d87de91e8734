namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>Tasks in this process: at most <see cref="MaxTasks"/> with <see cref="MaxCharacters"/>, each for an hour after its last change; ended ones go first.</summary>
internal sealed class TaskStore(TimeProvider time)
{
    public const int MaxTasks = 1000;
    public const long MaxCharacters = 16_000_000;

    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskEntry> _tasks = new(StringComparer.Ordinal);

    /// <exception cref="A2AException">There are too many.</exception>
    public TaskEntry Add(string? contextId)
    {
        string id = Guid.NewGuid().ToString("N");
        A2ATask task = new()
        {
            Id = id,
            ContextId = contextId is { Length: > 0 and <= 128 } ? contextId : Guid.NewGuid().ToString("N"),
            Status = new A2AStatus { State = A2AStates.Submitted, Timestamp = time.GetUtcNow() },
        };
        lock (_gate)
        {
            Expire();
            while (_tasks.Count >= MaxTasks || _tasks.Values.Sum(static entry => entry.Characters) >= MaxCharacters)
            {
                TaskEntry oldest = _tasks.Values.Where(static entry => A2AStates.IsQuiet(entry.Task.Status.State)).MinBy(static entry => entry.ChangedAt)
                    ?? throw new A2AException(A2AException.Busy, $"The agent works on as many tasks as it can hold ({MaxTasks}, or {MaxCharacters} characters): call again later.");
                _tasks.Remove(oldest.Task.Id);
            }

            return _tasks[id] = new TaskEntry(task, time);
        }
    }

    /// <exception cref="A2AException">There is none.</exception>
    public TaskEntry Get(string? id)
    {
        lock (_gate)
        {
            Expire();
            return id is not null && _tasks.TryGetValue(id, out TaskEntry? entry) ? entry : throw new A2AException(A2AException.TaskNotFound, "There is no such task here: it ended more than an hour ago, or is another pod's.");
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<A2ATask> List()
    {
        lock (_gate)
        {
            Expire();
            return [.. _tasks.Values.OrderByDescending(static entry => entry.ChangedAt).Select(static entry => entry.Task)];
        }
    }

    private void Expire()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (TaskEntry entry in _tasks.Values.Where(entry => now - entry.ChangedAt >= Ttl && A2AStates.IsQuiet(entry.Task.Status.State)).ToList())
        {
            _tasks.Remove(entry.Task.Id);
        }
    }
}
