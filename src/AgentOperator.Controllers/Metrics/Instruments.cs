using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Sharding;

namespace AgentOperator.Controllers.Metrics;

/// <summary>The instruments of this library; whoever wants to see them listens to <see cref="MetricNames.Meter"/>. States are observed, so that a listener that starts late sees them too.</summary>
internal static class Instruments
{
    private static readonly ConcurrentDictionary<QueueMetrics, int> Queues = new();
    private static readonly ConcurrentDictionary<string, Leadership> Leases = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, ShardClaims> Shards = new(StringComparer.Ordinal);

    private static readonly double[] ReconcileSeconds =
    [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
    ];

    private static readonly double[] QueueSeconds = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];

    private static readonly Meter Source = new(MetricNames.Meter);

    public static Counter<long> Reconciles { get; } = Source.CreateCounter<long>(MetricNames.Reconciles, description: "Total number of reconciliations per controller");

    public static Counter<long> ReconcileErrors { get; } = Source.CreateCounter<long>(MetricNames.ReconcileErrors, description: "Total number of reconciliation errors per controller");

    public static Counter<long> TerminalErrors { get; } = Source.CreateCounter<long>(MetricNames.TerminalErrors, description: "Total number of terminal reconciliation errors per controller");

    public static Counter<long> ReconcilesUnchanged { get; } = Source.CreateCounter<long>(MetricNames.ReconcilesUnchanged, description: "Total number of reconciliations per controller that wrote nothing");

    public static Histogram<double> ReconcileTime { get; } = Seconds(MetricNames.ReconcileTime, "Length of time per reconciliation per controller", ReconcileSeconds);

    public static Counter<long> QueueAdds { get; } = Source.CreateCounter<long>(MetricNames.QueueAdds, description: "Total number of adds handled by workqueue");

    public static Counter<long> QueueRetries { get; } = Source.CreateCounter<long>(MetricNames.QueueRetries, description: "Total number of retries handled by workqueue");

    public static Histogram<double> QueueDuration { get; } = Seconds(MetricNames.QueueDuration, "How long in seconds an item stays in workqueue before being requested", QueueSeconds);

    public static Histogram<double> WorkDuration { get; } = Seconds(MetricNames.WorkDuration, "How long in seconds processing an item from workqueue takes", QueueSeconds);

    public static Counter<long> SlotsGained { get; } = Source.CreateCounter<long>(MetricNames.SlotsGained, description: "Total number of slots of the shared work taken over by this process");

    public static Counter<long> SlotsLost { get; } = Source.CreateCounter<long>(MetricNames.SlotsLost, description: "Total number of slots of the shared work handed over or lost by this process");

    static Instruments()
    {
        Source.CreateObservableGauge(
            MetricNames.Slots,
            static () => Shards.Select(static map => new Measurement<int>(map.Value.Count, new KeyValuePair<string, object?>(MetricNames.Name, map.Key))),
            description: "Slots of the shared work held by this process");
        Source.CreateObservableGauge(MetricNames.ActiveWorkers, static () => Observe(static queue => queue.Work().Count, ofController: true), description: "Number of currently used workers per controller");
        Source.CreateObservableGauge(MetricNames.MaxWorkers, static () => Observe(static queue => queue.Workers, ofController: true), description: "Maximum number of concurrent reconciles per controller");
        Source.CreateObservableGauge(MetricNames.QueueDepth, static () => Observe(static queue => queue.Depth()), description: "Current depth of workqueue");
        Source.CreateObservableGauge(MetricNames.UnfinishedWork, static () => Observe(static queue => queue.Work().Sum), "s", "How many seconds of work has been done that is in progress and hasn't been observed by work_duration");
        Source.CreateObservableGauge(MetricNames.LongestRunning, static () => Observe(static queue => queue.Work().Longest), "s", "How many seconds has the longest running processor for workqueue been running");
        Source.CreateObservableGauge(
            MetricNames.LeaderStatus,
            static () => Leases.Select(static lease => new Measurement<int>(lease.Value.IsHeld ? 1 : 0, new KeyValuePair<string, object?>(MetricNames.Name, lease.Key))),
            description: "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master");
    }

    public static void Add(QueueMetrics queue) => Queues[queue] = 0;

    public static void Remove(QueueMetrics queue) => Queues.TryRemove(queue, out _);

    public static void Add(string lease, Leadership leadership) => Leases[lease] = leadership;

    public static void Add(string map, ShardClaims claims) => Shards[map] = claims;

    private static Histogram<double> Seconds(string name, string description, double[] boundaries) =>
        Source.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private static IEnumerable<Measurement<TValue>> Observe<TValue>(Func<QueueMetrics, TValue> value, bool ofController = false)
        where TValue : struct =>
        Queues.Keys.Select(queue => new Measurement<TValue>(value(queue), ofController ? queue.ControllerTag : queue.Tags));
}
