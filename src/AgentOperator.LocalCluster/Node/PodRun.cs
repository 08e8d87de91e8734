using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Volumes;

namespace AgentOperator.Local.Node;

/// <summary>The order in which a pod's containers start and end.</summary>
internal sealed class PodRun : IDisposable
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    private readonly ContainerRunner[] _init;
    private readonly ContainerRunner[] _main;
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeSpan _ownGrace;
    private TimeSpan? _grace;

    public PodRun(NodeContext node, Pod pod, PodAddress address, PodVolumes volumes, string folder, Action changed)
    {
        _ownGrace = pod.Spec!.TerminationGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultGrace;
        _init = [.. (pod.Spec.InitContainers ?? []).Select(container => Runner(container, container.RestartPolicy == "Always" ? ContainerRole.Sidecar : ContainerRole.Init))];
        _main = [.. pod.Spec.Containers.Select(container => Runner(container, ContainerRole.Main))];
        ContainerRunner Runner(Container container, ContainerRole role) => new(node, pod, container, role, address, volumes, folder, changed);
    }

    public IReadOnlyList<(ContainerStatus Status, bool IsSidecar)> InitStatuses => [.. _init.Select(static runner => (runner.Status, runner.Role == ContainerRole.Sidecar))];

    public IReadOnlyList<ContainerStatus> Statuses => [.. _main.Select(static runner => runner.Status)];

    /// <summary>Init containers one after another, main containers together, sidecars until those have ended.</summary>
    public async Task RunAsync()
    {
        List<(ContainerRunner Runner, Task Run)> sidecars = [];
        bool isReady = true;
        foreach (ContainerRunner runner in _init)
        {
            if (_ending.IsCancellationRequested || !isReady)
            {
                break;
            }

            Task run = runner.RunAsync();
            if (runner.Role == ContainerRole.Sidecar)
            {
                sidecars.Add((runner, run));
                await Task.WhenAny(runner.Started, run);
            }
            else
            {
                await run;
                isReady = runner.HasSucceeded;
            }
        }

        if (isReady && !_ending.IsCancellationRequested)
        {
            await Task.WhenAll(_main.Select(static runner => runner.RunAsync()));
        }

        foreach ((ContainerRunner runner, Task run) in Enumerable.Reverse(sidecars))
        {
            await runner.StopAsync(_grace ?? _ownGrace);
            await run;
        }
    }

    /// <summary>Ends all containers, sidecars last.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        _grace = grace;
        await _ending.CancelAsync();
        await Task.WhenAll(_main.Concat(_init.Where(static runner => runner.Role == ContainerRole.Init)).Select(runner => runner.StopAsync(grace)));

        // One that has not started yet holds the others up.
        await Task.WhenAll(_init.Where(static runner => runner.Role == ContainerRole.Sidecar && !runner.Started.IsCompleted).Select(runner => runner.StopAsync(grace)));
    }

    public void ConfigChanged()
    {
        foreach (ContainerRunner runner in _init.Concat(_main))
        {
            runner.ConfigChanged();
        }
    }

    public void Dispose()
    {
        foreach (ContainerRunner runner in _init.Concat(_main))
        {
            runner.Dispose();
        }

        _ending.Dispose();
    }
}
