using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Calls that wait for a yes: at most <see cref="MaxCalls"/> with <see cref="MaxCharacters"/>, each for an hour; the oldest goes first.</summary>
internal sealed class SuspendedCalls(TimeProvider time)
{
    public const int MaxCalls = 1000;
    public const long MaxCharacters = 16_000_000;

    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<(CallState State, long Characters, DateTimeOffset Since)> _calls = [];
    private long _characters;

    public void Add(CallState state)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            long characters = state.Messages.Sum(Characters);
            while (_calls.First is { } oldest && (_calls.Count >= MaxCalls || _characters + characters > MaxCharacters || now - oldest.Value.Since >= Ttl))
            {
                Remove(oldest);
            }

            _calls.AddLast((state, characters, now));
            _characters += characters;
        }
    }

    /// <summary>Takes the call out: whoever gets it goes on with it, nobody twice.</summary>
    public CallState? Take(string callId)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            for (LinkedListNode<(CallState State, long Characters, DateTimeOffset Since)>? node = _calls.First; node is not null; node = node.Next)
            {
                if (node.Value.State.CallId == callId)
                {
                    Remove(node);
                    return now - node.Value.Since < Ttl ? node.Value.State : null;
                }
            }

            return null;
        }
    }

    private void Remove(LinkedListNode<(CallState State, long Characters, DateTimeOffset Since)> node)
    {
        _calls.Remove(node);
        _characters -= node.Value.Characters;
    }

    private static long Characters(ChatMessage message) => message.Contents.Sum(static content => content switch
    {
        TextContent text => text.Text.Length,
        FunctionResultContent { Result: string result } => result.Length,
        FunctionCallContent { Arguments: { } arguments } => arguments.Sum(static argument => argument.Key.Length + (long)(argument.Value?.ToString()?.Length ?? 0)),
        _ => 0L,
    });
}
