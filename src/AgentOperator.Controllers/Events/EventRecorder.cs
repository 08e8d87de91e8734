using System.Globalization;
using System.Text;
using System.Threading.Channels;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Events;

/// <summary>Writes events (events.k8s.io/v1) behind the reconciles' back: at most a thousand wait, what comes on top is dropped and counted, what comes again is a series.</summary>
public sealed partial class EventRecorder : IEventRecorder, IDisposable
{
    private const int Capacity = 1000;
    private const int Tries = 3;
    private const int MaxNoteBytes = 1024;
    private const int MaxNamePrefix = 230;

    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(2);

    private readonly IEventSink _sink;
    private readonly string _controller;
    private readonly string _instance;
    private readonly TimeProvider _time;
    private readonly ILogger<EventRecorder> _logger;
    private readonly Channel<Event?> _queue;
    private readonly EventSeriesCache _series = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _timer;
    private readonly Task _loop;
    private long _sequence;
    private long _dropped;
    private bool _isFailing;

    /// <param name="client">Writes the events.</param>
    /// <param name="controller">Who reports, as a qualified name: <c>agentoperator.dev/workflow</c>.</param>
    /// <param name="instance">Which process reports: the pod's name.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Hears of events that are lost.</param>
    public EventRecorder(KubeClient client, string controller, string instance, TimeProvider time, ILogger<EventRecorder> logger)
        : this(new KubeEventSink(client), controller, instance, time, logger)
    {
    }

    internal EventRecorder(IEventSink sink, string controller, string instance, TimeProvider time, ILogger<EventRecorder> logger)
    {
        _sink = sink;
        _controller = controller;
        _instance = instance.Length > 128 ? instance[..128] : instance;
        _time = time;
        _logger = logger;
        _queue = Channel.CreateBounded<Event?>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

        // Null asks the loop to look at the series that go on.
        _timer = time.CreateTimer(_ => _queue.Writer.TryWrite(null), null, EventSeriesCache.Idle, EventSeriesCache.Idle);
        _loop = RunAsync(_end.Token);
    }

    public void Record(IKubernetesObject regarding, string type, string reason, string action, string note)
    {
        if (!_queue.Writer.TryWrite(Build(regarding, type, reason, action, note)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Takes no more, and completes when all that was taken is written, or after a time.</summary>
    public async Task FlushAsync(TimeSpan patience)
    {
        _queue.Writer.TryComplete();
        try
        {
            await _loop.WaitAsync(patience, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            LogDropped(_logger, _queue.Reader.Count + 1);
            await _end.CancelAsync();
        }
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _end.Cancel();
        _timer.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (Event? taken in _queue.Reader.ReadAllAsync(cancellation))
            {
                DateTimeOffset now = _time.GetUtcNow();
                foreach (Event due in taken is null ? _series.Due(now) : _series.Observe(taken, now) is { } what ? [what] : [])
                {
                    await WriteAsync(due, cancellation);
                }
            }

            foreach (Event last in _series.Unwritten(_time.GetUtcNow()))
            {
                await WriteAsync(last, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogEnded(_logger);
        }
    }

    private async Task WriteAsync(Event what, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await (what.Series is null ? _sink.CreateAsync(what, cancellation) : _sink.UpdateAsync(what, cancellation));
                Recovered();
                return;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException or KubeApiException { Code: >= System.Net.HttpStatusCode.InternalServerError } && attempt < Tries)
            {
                await Task.Delay(RetryWait * attempt, _time, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // An event is worth no more than this: whatever hinders it, the work goes on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _dropped);
                Failed(error);
                return;
            }
        }
    }

    /// <summary>One line when events begin to be lost, and one, with their number, when they no longer are.</summary>
    private void Failed(Exception error)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            LogFailed(_logger, error.Message);
        }
    }

    private void Recovered()
    {
        _isFailing = false;
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and long lost)
        {
            LogDropped(_logger, lost);
        }
    }

    private Event Build(IKubernetesObject regarding, string type, string reason, string action, string note)
    {
        DateTimeOffset now = _time.GetUtcNow();
        string name = regarding.Metadata.Name ?? "";
        string unique = (now.UtcTicks + Interlocked.Increment(ref _sequence)).ToString("x", CultureInfo.InvariantCulture);
        return new Event
        {
            Metadata = new ObjectMeta { Name = $"{(name.Length > MaxNamePrefix ? name[..MaxNamePrefix].TrimEnd('.', '-') : name)}.{unique}", Namespace = regarding.Metadata.Namespace ?? "default" },
            EventTime = new MicroTime(now),
            ReportingController = _controller,
            ReportingInstance = _instance,
            Action = action,
            Reason = reason,
            Type = type,
            Note = Cut(note),
            Regarding = new ObjectReference
            {
                ApiVersion = regarding.ApiVersion,
                Kind = regarding.Kind,
                Namespace = regarding.Metadata.Namespace,
                Name = regarding.Metadata.Name,
                Uid = regarding.Metadata.Uid,
                ResourceVersion = regarding.Metadata.ResourceVersion,
            },
        };
    }

    /// <summary>The server refuses longer notes; the cut must not split a character.</summary>
    private static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= MaxNoteBytes)
        {
            return note;
        }

        int bytes = 0;
        int length = 0;
        foreach (Rune rune in note.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxNoteBytes - 3)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return note[..length] + "…";
    }

    [LoggerMessage(1, LogLevel.Warning, "Events are lost: {Message}")]
    private static partial void LogFailed(ILogger logger, string message);

    [LoggerMessage(2, LogLevel.Warning, "{Count} events were lost")]
    private static partial void LogDropped(ILogger logger, long count);

    [LoggerMessage(3, LogLevel.Debug, "The event recorder ends")]
    private static partial void LogEnded(ILogger logger);
}
