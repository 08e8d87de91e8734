using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Probes;

/// <summary>The probes of one run of a container: startup first, then liveness and readiness beside each other.</summary>
internal sealed class ContainerProbes(NodeContext node, Container container, ProbeAction action, RunningContainer running)
{
    /// <summary>Runs until the container ends.</summary>
    /// <param name="changed">Takes whether the container has started and is ready.</param>
    /// <param name="unhealthy">Takes the name of the probe for which the container has to be ended.</param>
    /// <param name="cancellation">The container has ended.</param>
    public async Task RunAsync(Action<bool, bool> changed, Func<string, Probe, Task> unhealthy, CancellationToken cancellation)
    {
        if (container.StartupProbe is { } startup && !await UntilAsync(startup, static verdict => verdict is not null, cancellation))
        {
            await unhealthy("startup", startup);
            return;
        }

        changed(true, container.ReadinessProbe is null);
        await Task.WhenAll(LivenessAsync(unhealthy, cancellation), ReadinessAsync(ready => changed(true, ready), cancellation));
    }

    private async Task LivenessAsync(Func<string, Probe, Task> unhealthy, CancellationToken cancellation)
    {
        if (container.LivenessProbe is { } probe)
        {
            await UntilAsync(probe, static verdict => verdict == false, cancellation);
            await unhealthy("liveness", probe);
        }
    }

    private async Task ReadinessAsync(Action<bool> changed, CancellationToken cancellation)
    {
        if (container.ReadinessProbe is { } probe)
        {
            await UntilAsync(
                probe,
                verdict =>
                {
                    if (verdict is { } ready)
                    {
                        changed(ready);
                    }

                    return false;
                },
                cancellation);
        }
    }

    private async Task<bool> UntilAsync(Probe probe, Func<bool?, bool> isLast, CancellationToken cancellation)
    {
        ProbeTally tally = new(probe);
        LifecycleHandler handler = new() { Exec = probe.Exec, HttpGet = probe.HttpGet, TcpSocket = probe.TcpSocket };
        TimeSpan timeout = TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1);
        TimeSpan period = TimeSpan.FromSeconds(probe.PeriodSeconds ?? 10);
        await Task.Delay(TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0), node.Time, cancellation);
        while (true)
        {
            bool? verdict = tally.Take(await action.RunAsync(handler, running, timeout, cancellation));
            if (isLast(verdict))
            {
                return verdict == true;
            }

            await Task.Delay(period, node.Time, cancellation);
        }
    }
}
