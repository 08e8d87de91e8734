using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Bench.Latency;

/// <summary>Seen from outside by one watch: from the event that a Job is complete to the event that the next one was added.</summary>
internal sealed class GapWatcher(ResourceClient<Job> jobs, string fromVersion)
{
    private readonly HashSet<string> _complete = new(StringComparer.Ordinal);
    private long? _completeAt;

    /// <summary>Milliseconds between two steps; workflows must run one at a time.</summary>
    public List<double> Gaps { get; } = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (WatchEvent<Job> change in jobs.WatchAsync(new WatchOptions { ResourceVersion = fromVersion, Timeout = TimeSpan.FromMinutes(5) }, cancellation))
            {
                if (change.Object is { } job)
                {
                    Take(change.Type, job);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }

        throw new InvalidOperationException("The watch ended before the measurement.");
    }

    /// <summary>The next Job belongs to another workflow: the time to it says nothing.</summary>
    public void Forget() => _completeAt = null;

    private void Take(WatchEventType type, Job job)
    {
        if (type == WatchEventType.Added && _completeAt is { } complete)
        {
            Gaps.Add(TimeProvider.System.GetElapsedTime(complete).TotalMilliseconds);
            _completeAt = null;
        }
        else if (job.Status?.Conditions?.Any(static condition => condition is { Type: JobConditionTypes.Complete, Status: "True" }) == true && _complete.Add(job.Metadata.Uid!))
        {
            _completeAt = TimeProvider.System.GetTimestamp();
        }
    }
}
