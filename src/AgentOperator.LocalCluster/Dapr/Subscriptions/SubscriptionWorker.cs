using AgentOperator.Local.Dapr.Messaging;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Takes messages of one subscription as long as it runs, several at a time.</summary>
internal sealed class SubscriptionWorker : IAsyncDisposable
{
    // As many as pubsub.redis works on at once.
    private const int AtOnce = 10;
    private const int DefaultBulkCount = 100;
    private const int DefaultBulkWait = 1000;

    private readonly Subscription _subscription;
    private readonly ConsumerGroup _group;
    private readonly Delivery _delivery;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _taking = new();
    private readonly CancellationTokenSource _delivering = new();
    private readonly Task _running;

    public SubscriptionWorker(Subscription subscription, ConsumerGroup group, Delivery delivery, TimeProvider time, Action<string> log)
    {
        _subscription = subscription;
        _group = group;
        _delivery = delivery;
        _time = time;
        _log = log;
        _running = subscription.Bulk is { } bulk
            ? Task.Run(() => RunAsync(() => ManyAsync(bulk)))
            : Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => RunAsync(OneAsync))));
    }

    /// <summary>Takes no more, and ends what is under way after the grace period: it comes again to others.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _taking.CancelAsync();
        try
        {
            await _running.WaitAsync(grace, _time);
        }
        catch (TimeoutException)
        {
            await _delivering.CancelAsync();
            await _running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _taking.Dispose();
        _delivering.Dispose();
    }

    private async Task RunAsync(Func<Task> take)
    {
        try
        {
            while (true)
            {
                await take();
            }
        }
        catch (OperationCanceledException) when (_taking.IsCancellationRequested)
        {
            // Stopped.
            return;
        }
    }

    private async Task OneAsync()
    {
        Message message = await _group.TakeAsync(_taking.Token);
        bool isDone = false;
        try
        {
            isDone = await _delivery.OneAsync(message, _delivering.Token);
        }
        finally
        {
            Return(isDone ? [] : [message]);
        }
    }

    private async Task ManyAsync(BulkSubscribe bulk)
    {
        List<Message> messages = [await _group.TakeAsync(_taking.Token)];
        using (CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(bulk.MaxAwaitDurationMs ?? DefaultBulkWait), _time))
        using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _taking.Token))
        {
            try
            {
                while (messages.Count < (bulk.MaxMessagesCount ?? DefaultBulkCount))
                {
                    messages.Add(await _group.TakeAsync(either.Token));
                }
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                // What has come so far goes.
            }
        }

        IReadOnlyList<Message> left = messages;
        try
        {
            left = await _delivery.ManyAsync(messages, _delivering.Token);
        }
        finally
        {
            Return(left);
        }
    }

    private void Return(IReadOnlyList<Message> messages)
    {
        foreach (Message message in messages)
        {
            if (_delivering.IsCancellationRequested)
            {
                // Not the message's fault.
                _group.Add(message);
            }
            else if (!_group.Return(message))
            {
                _log($"a message of topic {_subscription.Topic} was not taken in ten attempts and is lost: name a deadLetterTopic to keep such");
            }
        }
    }
}
