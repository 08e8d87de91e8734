using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AgentOperator.AgentRuntime.Telemetry;

/// <summary>Spans and metrics of one agent.</summary>
internal sealed class RuntimeTelemetry : IDisposable
{
    public const string SourceName = "AgentOperator.AgentRuntime";

    private readonly Meter _meter = new(SourceName);
    private readonly ActivityListener _listener;

    /// <param name="capturesContent">Prompts and answers become attributes of spans.</param>
    public RuntimeTelemetry(bool capturesContent = false)
    {
        CapturesContent = capturesContent;
        Tokens = _meter.CreateHistogram(GenAi.TokenUsageMetric, "{token}", "Tokens used by requests to models.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [.. GenAi.TokenBuckets.Select(static bound => (long)bound)] });
        Durations = _meter.CreateHistogram(GenAi.DurationMetric, "s", "Time of requests to models, tools and skills.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAi.DurationBuckets });
        Executions = _meter.CreateHistogram(GenAi.AgentDurationMetric, "s", "Time of calls of skills.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAi.DurationBuckets });
        InFlight = _meter.CreateUpDownCounter<long>(GenAi.InFlightMetric, "{call}", "Calls of skills under way.");

        // Trace ids are passed on to tools and callers even when nothing is exported.
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ActivitySource Source { get; } = new(SourceName);

    public bool CapturesContent { get; }

    public Histogram<long> Tokens { get; }

    public Histogram<double> Durations { get; }

    public Histogram<double> Executions { get; }

    public UpDownCounter<long> InFlight { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
        Source.Dispose();
    }
}
