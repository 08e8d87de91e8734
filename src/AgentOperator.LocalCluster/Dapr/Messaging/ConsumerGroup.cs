using System.Threading.Channels;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>Consumers that share the messages of a topic.</summary>
internal sealed class ConsumerGroup(TimeProvider time, TimeSpan redeliverAfter)
{
    // What upstream's in-memory broker does, too.
    private const int MostAttempts = 10;

    private const int MostWaiting = 10_000;

    private readonly Channel<Message> _waiting = Channel.CreateBounded<Message>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public ValueTask<Message> TakeAsync(CancellationToken cancellation) => _waiting.Reader.ReadAsync(cancellation);

    public void Add(Message message) => _waiting.Writer.TryWrite(message);

    /// <summary>Nobody has taken it: it comes again after a while. False when it has come too often and is lost.</summary>
    public bool Return(Message message)
    {
        if (message.Attempt + 1 >= MostAttempts)
        {
            return false;
        }

        _ = ReturnAsync(message with { Attempt = message.Attempt + 1 });
        return true;
    }

    private async Task ReturnAsync(Message message)
    {
        await Task.Delay(redeliverAfter, time);
        Add(message);
    }
}
