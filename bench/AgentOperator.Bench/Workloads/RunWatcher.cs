using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;

namespace AgentOperator.Bench.Workloads;

/// <summary>Sees from outside, by one watch, how the workflows of a namespace come to their end.</summary>
internal sealed class RunWatcher : IAsyncDisposable
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<WorkflowStatus> _seen = new();
    private readonly int _count;
    private Followed<Workflow>? _followed;
    private int _ended;

    private RunWatcher(int count) => _count = count;

    /// <summary>Completes when as many as expected have succeeded; fails when one has ended otherwise.</summary>
    public Task All => _all.Task;

    public static async Task<RunWatcher> StartAsync(KubeClient client, string ns, int count, CancellationToken cancellation)
    {
        RunWatcher watcher = new(count);
        watcher._followed = await Followed<Workflow>.StartAsync(client, ns, watcher.Changed, cancellation);
        return watcher;
    }

    /// <summary>Bytes of the largest status that was seen, as JSON.</summary>
    public int LargestStatus() => _seen.Max(static status => JsonSerializer.SerializeToUtf8Bytes(status, ApiJsonContext.Default.WorkflowStatus).Length);

    public async ValueTask DisposeAsync()
    {
        if (_followed is not null)
        {
            await _followed.DisposeAsync();
        }
    }

    private void Changed(Workflow? before, Workflow? after)
    {
        if (after?.Status is not { } status)
        {
            return;
        }

        _seen.Enqueue(status);
        if (!WorkflowPhases.IsFinal(status.Phase) || WorkflowPhases.IsFinal(before?.Status?.Phase))
        {
            return;
        }

        if (status.Phase != WorkflowPhases.Succeeded)
        {
            _all.TrySetException(new InvalidOperationException($"{after.Metadata.Name} ended {status.Phase}: {status.Message}"));
        }
        else if (++_ended == _count)
        {
            _all.TrySetResult();
        }
    }
}
