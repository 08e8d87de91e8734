using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Fallback;

/// <summary>A stream that has delivered its first content. It lives longer than the try that started it, so its time limit is its own: between any two pieces.</summary>
internal sealed class StartedStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _idle;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly TimeSpan _limit;

    private StartedStream(CancellationTokenSource stop, ITimer idle, IAsyncEnumerator<ChatResponseUpdate> updates, TimeSpan limit) =>
        (_stop, _idle, _updates, _limit) = (stop, idle, updates, limit);

    /// <summary>What came until the first content, that included.</summary>
    public List<ChatResponseUpdate> First { get; } = [];

    private bool IsComplete { get; set; }

    /// <summary>Waits for the first content. <paramref name="attempt"/> is cancelled when the try takes too long, <paramref name="caller"/> when nobody wants the answer any more.</summary>
    public static async Task<StartedStream> StartAsync(
        IChatClient client, TimeSpan limit, IEnumerable<ChatMessage> messages, ChatOptions? options, TimeProvider time, CancellationToken attempt, CancellationToken caller)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
        ITimer idle = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), stop, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        StartedStream stream = new(stop, idle, client.GetStreamingResponseAsync(messages, options, stop.Token).GetAsyncEnumerator(stop.Token), limit);
        try
        {
            await using CancellationTokenRegistration registration = attempt.Register(stop.Cancel);
            while (!stream.First.Exists(static update => update.Contents.Any(IsContent)))
            {
                if (!await stream._updates.MoveNextAsync())
                {
                    stream.IsComplete = true;
                    break;
                }

                stream.First.Add(stream._updates.Current);
            }

            return stream;
        }
        catch (Exception error)
        {
            await stream.DisposeAsync();
            if (error is OperationCanceledException || attempt.IsCancellationRequested)
            {
                // Polly knows its time limit by its own token.
                attempt.ThrowIfCancellationRequested();
            }

            throw;
        }
    }

    /// <summary>The next piece; null at the end.</summary>
    public async Task<ChatResponseUpdate?> NextAsync(CancellationToken caller)
    {
        if (IsComplete)
        {
            return null;
        }

        _idle.Change(_limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await _updates.MoveNextAsync() ? _updates.Current : null;
        }
        catch (Exception) when (_stop.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new ModelException(ModelErrorKind.CutStream, $"the stream stood still for {_limit.TotalSeconds:0.###} s");
        }
        finally
        {
            _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _idle.DisposeAsync();
        await _stop.CancelAsync();
        try
        {
            await _updates.DisposeAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or ModelException or NotSupportedException)
        {
            // Given up in the middle: what the adapter says about that interests nobody.
        }

        _stop.Dispose();
    }

    private static bool IsContent(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent reasoning => reasoning.Text.Length > 0,
        UsageContent => false,
        _ => true,
    };
}
