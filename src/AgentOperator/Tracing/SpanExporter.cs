using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Tracing;

/// <summary>Sends spans in the background, in batches; a collector that is away costs memory up to a bound, and then spans.</summary>
internal sealed partial class SpanExporter(OtlpTarget? target, IReadOnlyList<KeyValuePair<string, object>> resource, TimeProvider time, ILogger<SpanExporter> logger) : BackgroundService, ISpanSink
{
    private const int MaxQueued = 8192;
    private const int MaxBatch = 512;
    private const int MaxTries = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    private readonly Channel<Span> _queue = Channel.CreateBounded<Span>(new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long _dropped;

    public void Add(IReadOnlyList<Span> spans)
    {
        if (target is null)
        {
            return;
        }

        foreach (Span span in spans)
        {
            if (!_queue.Writer.TryWrite(span))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (target is null)
        {
            return;
        }

        using OtlpClient client = new(target);
        LogTarget(logger, target, target.IsGrpc ? "grpc" : "http/protobuf");
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await SendAsync(client, Take(), MaxTries, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // What has ended by now is told too, if the collector takes it at once.
            using CancellationTokenSource last = new(LastWord, time);
            while (Take() is { Count: > 0 } rest && !last.IsCancellationRequested)
            {
                await SendAsync(client, rest, 1, last.Token);
            }
        }
    }

    private List<Span> Take()
    {
        List<Span> batch = [];
        while (batch.Count < MaxBatch && _queue.Reader.TryRead(out Span? span))
        {
            batch.Add(span);
        }

        return batch;
    }

    private async Task SendAsync(OtlpClient client, List<Span> spans, int tries, CancellationToken cancellation)
    {
        byte[] body = OtlpRequest.Of(spans, resource);
        TimeSpan wait = FirstWait;
        for (int attempt = 1; ; attempt++)
        {
            (string? problem, bool mayRetry) = await client.SendAsync(body, cancellation);
            long dropped = Interlocked.Exchange(ref _dropped, 0);
            if (problem is null)
            {
                if (dropped > 0)
                {
                    LogDropped(logger, dropped, "the queue was full");
                }

                return;
            }

            if (!mayRetry || attempt >= tries)
            {
                LogDropped(logger, spans.Count + dropped, problem);
                return;
            }

            Interlocked.Add(ref _dropped, dropped);
            await Task.Delay(wait, time, cancellation);
            wait *= 2;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Spans go to {Target} by {Protocol}")]
    private static partial void LogTarget(ILogger logger, OtlpTarget target, string protocol);

    [LoggerMessage(2, LogLevel.Warning, "{Count} spans are lost: {Problem}")]
    private static partial void LogDropped(ILogger logger, long count, string problem);
}
