using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Memory;

/// <summary>Conversations in this process: at most <see cref="MaxConversations"/> and <see cref="MaxCharacters"/>; the one that was silent longest goes first.</summary>
internal sealed class ProcessConversationStore(AgentMemory settings, TimeProvider time) : IConversationStore
{
    public const int MaxConversations = 10_000;
    public const long MaxCharacters = 16_000_000;

    private readonly Lock _gate = new();
    private readonly TimeSpan _ttl = settings.Ttl?.ToTimeSpan() ?? TimeSpan.FromHours(24);
    private readonly Dictionary<string, LinkedListNode<Conversation>> _byId = new(StringComparer.Ordinal);

    /// <summary>Longest silent first.</summary>
    private readonly LinkedList<Conversation> _bySilence = [];
    private long _characters;

    public ValueTask<IReadOnlyList<RememberedTurn>> ReadAsync(string contextId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Expire();
            return new(_byId.TryGetValue(contextId, out LinkedListNode<Conversation>? node) ? [.. node.Value.Turns] : []);
        }
    }

    public ValueTask AppendAsync(string contextId, IReadOnlyList<RememberedTurn> turns, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Expire();
            if (!_byId.TryGetValue(contextId, out LinkedListNode<Conversation>? node))
            {
                _byId[contextId] = node = new LinkedListNode<Conversation>(new Conversation(contextId));
            }
            else
            {
                _bySilence.Remove(node);
            }

            foreach (RememberedTurn turn in turns)
            {
                node.Value.Turns.Enqueue(turn);
                _characters += turn.Text.Length;
            }

            while (node.Value.Turns.Count > settings.Window)
            {
                _characters -= node.Value.Turns.Dequeue().Text.Length;
            }

            node.Value.LastUse = time.GetUtcNow();
            _bySilence.AddLast(node);
            while (_byId.Count > MaxConversations || (_characters > MaxCharacters && _byId.Count > 1))
            {
                Remove(_bySilence.First!);
            }

            return ValueTask.CompletedTask;
        }
    }

    private void Expire()
    {
        DateTimeOffset now = time.GetUtcNow();
        while (_bySilence.First is { } oldest && now - oldest.Value.LastUse >= _ttl)
        {
            Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Conversation> node)
    {
        _bySilence.Remove(node);
        _byId.Remove(node.Value.Id);
        _characters -= node.Value.Turns.Sum(static turn => (long)turn.Text.Length);
    }

    private sealed class Conversation(string id)
    {
        public string Id { get; } = id;

        public Queue<RememberedTurn> Turns { get; } = new();

        public DateTimeOffset LastUse { get; set; }
    }
}
