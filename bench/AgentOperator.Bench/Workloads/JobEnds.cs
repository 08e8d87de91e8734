using System.Collections.Concurrent;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Bench.Workloads;

/// <summary>Tells who waits that a Job of a namespace is complete.</summary>
internal sealed class JobEnds : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private Followed<StepJob>? _followed;

    public static async Task<JobEnds> StartAsync(KubeClient client, string ns, CancellationToken cancellation)
    {
        JobEnds ends = new();
        ends._followed = await Followed<StepJob>.StartAsync(client, ns, (_, job) => ends.Changed(job), cancellation);
        return ends;
    }

    /// <summary>Completes with the Job; asked for before it is created.</summary>
    public Task Of(string job) => (_waiting[job] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        if (_followed is not null)
        {
            await _followed.DisposeAsync();
        }
    }

    private void Changed(StepJob? job)
    {
        if (job?.Status?.Conditions?.Any(static condition => condition is { Type: JobConditionTypes.Complete, Status: ConditionStatus.True }) == true && _waiting.TryRemove(job.Metadata.Name!, out TaskCompletionSource? ended))
        {
            ended.SetResult();
        }
    }
}
