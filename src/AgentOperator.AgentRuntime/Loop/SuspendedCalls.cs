namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Calls that wait for a yes: at most <see cref="MaxCalls"/>, each for an hour; the oldest goes first.</summary>
internal sealed class SuspendedCalls(TimeProvider time)
{
    public const int MaxCalls = 1000;

    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<(CallState State, DateTimeOffset Since)> _calls = [];

    public void Add(CallState state)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            while (_calls.First is { } oldest && (_calls.Count >= MaxCalls || now - oldest.Value.Since >= Ttl))
            {
                _calls.RemoveFirst();
            }

            _calls.AddLast((state, now));
        }
    }

    /// <summary>Takes the call out: whoever gets it goes on with it, nobody twice.</summary>
    public CallState? Take(string callId)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            for (LinkedListNode<(CallState State, DateTimeOffset Since)>? node = _calls.First; node is not null; node = node.Next)
            {
                if (node.Value.State.CallId == callId)
                {
                    _calls.Remove(node);
                    return now - node.Value.Since < Ttl ? node.Value.State : null;
                }
            }

            return null;
        }
    }
}
