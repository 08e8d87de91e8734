using System.Net;
using System.Text.Json;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Reporting;

/// <summary>Tells the operator what was used: every 30 s when something changed, a second after news of tools or models, and at the end.</summary>
internal sealed partial class Reporter : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ChannelClient _channel;
    private readonly UsageMeter _meter;
    private readonly Toolbox _toolbox;
    private readonly TimeProvider _time;
    private readonly ILogger<Reporter> _logger;
    private readonly string _instance;
    private readonly SemaphoreSlim _urgent = new(0, 1);
    private long _sequence;
    private byte[]? _sent;

    public Reporter(ChannelClient channel, string instance, UsageMeter meter, Toolbox toolbox, TimeProvider time, ILogger<Reporter> logger)
    {
        (_channel, _instance, _meter, _toolbox, _time, _logger) = (channel, instance, meter, toolbox, time, logger);
        meter.Urgent += Wake;
        toolbox.Changed += Wake;
    }

    /// <summary>Makes the reporter; null when there is no channel.</summary>
    public static Func<ILoggerFactory, Reporter>? Factory(Func<string, string?> environment, UsageMeter meter, Toolbox toolbox, TimeProvider time, List<string> problems)
    {
        if (ChannelClient.Read(RuntimeFiles.ReportsUrlVariable, environment, problems) is not { } options)
        {
            return null;
        }

        try
        {
            ChannelClient channel = new(options);
            string instance = InstanceOf(environment("POD_NAME") ?? environment("HOSTNAME") ?? "agent", Guid.NewGuid());
            return loggers => new Reporter(channel, instance, meter, toolbox, time, loggers.CreateLogger<Reporter>());
        }
        catch (FormatException error)
        {
            problems.Add(error.Message);
            return null;
        }
    }

    /// <summary>At most 63 letters, digits and hyphens: the operator keeps reports under it as a key.</summary>
    public static string InstanceOf(string pod, Guid process)
    {
        string name = string.Concat(pod.Take(46).Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
        return $"{name}-{process.ToString("N")[..16]}";
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _channel.Dispose();
        _urgent.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(stoppingToken);
                await SendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last report is sent by StopAsync.
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource interval = new(Interval, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellation);
        try
        {
            await _urgent.WaitAsync(linked.Token);
            await Task.Delay(Soon, _time, cancellation);
        }
        catch (OperationCanceledException) when (interval.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // It is time.
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        AgentReport report = _meter.Snapshot() with { Instance = _instance, Tools = _toolbox.Report() };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(report, RuntimeJsonContext.Default.AgentReport);
        if (_sent is not null && content.AsSpan().SequenceEqual(_sent))
        {
            return;
        }

        try
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(report with { Sequence = ++_sequence }, RuntimeJsonContext.Default.AgentReport);
            (HttpStatusCode status, string text) = await _channel.PostAsync(json, cancellation);
            if ((int)status is >= 200 and < 300)
            {
                _sent = content;
                return;
            }

            LogRefused(_logger, (int)status, text);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogFailed(_logger, error.Message);
        }
    }

    private void Wake()
    {
        try
        {
            _urgent.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already, or at its end.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The operator refused a report with {Status}: {Text}")]
    private static partial void LogRefused(ILogger logger, int status, string text);

    [LoggerMessage(2, LogLevel.Warning, "A report was not sent and will be with the next: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
