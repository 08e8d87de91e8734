using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Probes;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Node;

/// <summary>Ends a container: its hook, SIGTERM, and SIGKILL when the grace period is over.</summary>
internal sealed class ContainerStop(NodeContext node, Container container, ProbeAction action)
{
    // What the kubelet leaves for SIGTERM when the hook has used up all of the grace period.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    /// <summary>False when it had to be killed.</summary>
    public async Task<bool> RunAsync(RunningContainer running, TimeSpan grace)
    {
        if (grace > TimeSpan.Zero)
        {
            long started = node.Time.GetTimestamp();
            if (container.Lifecycle?.PreStop is { } hook)
            {
                await Task.WhenAny(HookAsync(hook, running, grace), running.Process.Exited);
            }

            TimeSpan left = grace - node.Time.GetElapsedTime(started);
            await running.Process.SignalAsync(Signals.Terminate);
            try
            {
                await running.Process.Exited.WaitAsync(left > Least ? left : Least < grace ? Least : grace, node.Time);
                return true;
            }
            catch (TimeoutException)
            {
                await running.Process.SignalAsync(Signals.Kill);
                return false;
            }
        }

        await running.Process.SignalAsync(Signals.Kill);
        return true;
    }

    private async Task HookAsync(LifecycleHandler hook, RunningContainer running, TimeSpan grace)
    {
        try
        {
            await action.RunAsync(hook, running, grace, CancellationToken.None);
        }
        catch (Exception error) when (error is ContainerConfigException or IOException or System.ComponentModel.Win32Exception)
        {
            // A hook that fails does not keep the container from ending.
            return;
        }
    }
}
