using AgentOperator.Controllers.Queueing;

namespace AgentOperator.Controllers.Metrics;

/// <summary>What is measured of one queue.</summary>
internal sealed class QueueMetrics
{
    private readonly WorkQueue _queue;

    public QueueMetrics(WorkQueue queue, string name, int workers)
    {
        _queue = queue;
        Workers = workers;
        KeyValuePair<string, object?> controller = new(MetricNames.Controller, name);
        ControllerTag = [controller];
        Tags = [new(MetricNames.Name, name), controller];
    }

    public int Workers { get; }

    public KeyValuePair<string, object?>[] ControllerTag { get; }

    public KeyValuePair<string, object?>[] Tags { get; }

    public int Depth() => _queue.Depth;

    /// <summary>Number of keys under way, the sum of their ages and the longest, in seconds.</summary>
    public (int Count, double Sum, double Longest) Work() => _queue.UnderWay();

    public void Added(int count) => Instruments.QueueAdds.Add(count, Tags);

    public void Retried() => Instruments.QueueRetries.Add(1, Tags);

    public void Taken(TimeSpan waited) => Instruments.QueueDuration.Record(waited.TotalSeconds, Tags);

    public void Done(TimeSpan worked) => Instruments.WorkDuration.Record(worked.TotalSeconds, Tags);
}
