using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A task with those who watch it.</summary>
internal sealed class TaskEntry(A2ATask task, TimeProvider time) : IDisposable
{
    private const int MaxHistory = 100;
    private const int WatcherCapacity = 256;

    private readonly Lock _gate = new();
    private readonly List<Channel<A2AStreamResponse>> _watchers = [];
    private A2ATask _task = task;

    public A2ATask Task
    {
        get
        {
            lock (_gate)
            {
                return _task;
            }
        }
    }

    public DateTimeOffset ChangedAt { get; private set; } = time.GetUtcNow();

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Characters that the task holds: of its messages and artifacts.</summary>
    public long Characters { get; private set; }

    /// <summary>The skill, once it is known.</summary>
    public string? Skill { get; set; }

    /// <summary>Input so far.</summary>
    public JsonObject Input { get; } = [];

    /// <summary>True: the loop waits for a yes; false: the skill or its input is missing.</summary>
    public bool WaitsForApproval { get; set; }

    public void Hear(A2AMessage message)
    {
        lock (_gate)
        {
            _task = _task with { History = [.. (_task.History ?? []).TakeLast(MaxHistory - 1), message with { TaskId = _task.Id, ContextId = _task.ContextId }] };
            Count();
        }
    }

    /// <summary>Takes a task that waits for its caller to work again: whoever gets true goes on with it, nobody twice.</summary>
    public bool TryLeave()
    {
        lock (_gate)
        {
            return _task.Status.State == A2AStates.InputRequired && TrySet(A2AStates.Working);
        }
    }

    /// <summary>Moves the task on unless it has ended; true when it moved.</summary>
    public bool TrySet(string state, string? words = null, A2AArtifact? artifact = null, A2APart? data = null)
    {
        lock (_gate)
        {
            if (A2AStates.IsEnd(_task.Status.State))
            {
                return false;
            }

            ChangedAt = time.GetUtcNow();
            if (artifact is not null)
            {
                _task = _task with { Artifacts = [.. _task.Artifacts ?? [], artifact] };
                Count();
                Tell(new A2AStreamResponse { ArtifactUpdate = new A2AArtifactUpdate { TaskId = _task.Id, ContextId = _task.ContextId, Artifact = artifact, LastChunk = true } });
            }

            _task = _task with { Status = Status(state, words, data) };
            Tell(new A2AStreamResponse { StatusUpdate = new A2AStatusUpdate { TaskId = _task.Id, ContextId = _task.ContextId, Status = _task.Status } });
            if (A2AStates.IsQuiet(state))
            {
                _watchers.ForEach(static watcher => watcher.Writer.TryComplete());
                _watchers.Clear();
            }

            return true;
        }
    }

    /// <summary>Tells watchers what is going on, without a trace in the task.</summary>
    public void Note(string words)
    {
        lock (_gate)
        {
            if (_watchers.Count > 0 && !A2AStates.IsQuiet(_task.Status.State))
            {
                Tell(new A2AStreamResponse { StatusUpdate = new A2AStatusUpdate { TaskId = _task.Id, ContextId = _task.ContextId, Status = Status(A2AStates.Working, words, data: null) } });
            }
        }
    }

    /// <summary>The task as it is, then what happens to it; ends when nothing more can happen. Who reads too slowly misses what is oldest.</summary>
    public ChannelReader<A2AStreamResponse> Watch()
    {
        Channel<A2AStreamResponse> channel = Channel.CreateBounded<A2AStreamResponse>(new BoundedChannelOptions(WatcherCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            channel.Writer.TryWrite(new A2AStreamResponse { Task = _task });
            if (A2AStates.IsQuiet(_task.Status.State))
            {
                channel.Writer.TryComplete();
            }
            else
            {
                _watchers.Add(channel);
            }
        }

        return channel.Reader;
    }

    public void Unwatch(ChannelReader<A2AStreamResponse> reader)
    {
        lock (_gate)
        {
            _watchers.RemoveAll(watcher => watcher.Reader == reader);
        }
    }

    public void Dispose() => Cancellation.Dispose();

    private void Count() => Characters = (_task.History ?? []).SelectMany(static message => message.Parts).Concat((_task.Artifacts ?? []).SelectMany(static artifact => artifact.Parts)).Sum(static part => part.Characters);

    private A2AStatus Status(string state, string? words, A2APart? data)
    {
        A2APart[] parts = [.. words is null ? [] : new[] { A2APart.Of(words) }, .. data is null ? [] : new[] { data }];
        return new A2AStatus
        {
            State = state,
            Timestamp = time.GetUtcNow(),
            Message = parts.Length == 0 ? null : new A2AMessage { MessageId = Guid.NewGuid().ToString("N"), TaskId = _task.Id, ContextId = _task.ContextId, Role = A2AMessage.Agent, Parts = parts },
        };
    }

    private void Tell(A2AStreamResponse happening) => _watchers.ForEach(watcher => watcher.Writer.TryWrite(happening));
}
