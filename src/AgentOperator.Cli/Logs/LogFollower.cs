using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Following;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Cli.Logs;

/// <summary>Follows the logs of a run over its steps, attempts and nested runs until it has ended; pods may come later.</summary>
internal sealed class LogFollower(Cluster cluster, Terminal terminal, LogRequest request, TimeProvider time)
{
    private readonly PodLog _log = new(cluster, new LogPrinter(terminal, request), request, time);
    private readonly Dictionary<StepPods, Task> _sets = [];
    private readonly Dictionary<string, Task> _logs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await foreach (WorkflowFamily family in new RunFollower(cluster, terminal, time).FollowAsync(request.Workflow, stop.Token))
            {
                foreach (StepPods pods in StepPods.Of(family, request).Where(pods => !_sets.ContainsKey(pods)))
                {
                    _sets[pods] = FollowAsync(pods, stop.Token);
                }

                if (_sets.Values.FirstOrDefault(static set => set.IsFaulted) is { } broken)
                {
                    await broken;
                }

                if (family.IsEnded || (request.Run is { } run && run != family.Root.Status?.Run))
                {
                    break;
                }
            }

            // What came after the last look.
            foreach (StepPods pods in _sets.Keys.ToArray())
            {
                foreach (Pod pod in (await cluster.Client.Resource<Pod>(cluster.Namespace).ListAsync(pods.Filter, cancellation)).Items)
                {
                    Start(pod, pods, cancellation);
                }
            }

            await Task.WhenAll(Snapshot());
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. _sets.Values, .. Snapshot()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task FollowAsync(StepPods pods, CancellationToken cancellation)
    {
        ObjectFollower<Pod> follower = new(cluster.Client.Resource<Pod>(cluster.Namespace), pods.Filter, time, message => terminal.Warn($"warning: {message}"));
        return follower.RunAsync(
            (_, pod) =>
            {
                if (pod is not null)
                {
                    Start(pod, pods, cancellation);
                }
            },
            cancellation);
    }

    private void Start(Pod pod, StepPods pods, CancellationToken cancellation)
    {
        if (!PodName.HasStarted(pod, PodName.Container(pod, request.Container)))
        {
            return;
        }

        lock (_lock)
        {
            if (!_logs.ContainsKey(pod.Metadata.Uid!))
            {
                _logs[pod.Metadata.Uid!] = _log.PrintAsync(pod, pods.Path, follow: true, cancellation);
            }
        }
    }

    private Task[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _logs.Values];
        }
    }
}
