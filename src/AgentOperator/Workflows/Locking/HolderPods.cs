using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Triggers.Children;

namespace AgentOperator.Workflows.Locking;

/// <summary>Tells whether work of somebody who gives a lock back still goes on: a stopped pod for its grace period, a Workflow below until it has undone what it did. The server is asked, never a cache.</summary>
[RequiresAccess<Pod>(Verbs.List)]
[RequiresAccess<Workflow>(Verbs.List)]
internal sealed class HolderPods(KubeClient client)
{
    /// <summary>How often it is asked again while pods are ending.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <param name="holder">Who gives it back.</param>
    /// <param name="hasBelow">Whether Workflows may run below the holder.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<bool> AreAtWorkAsync(LockEntry holder, bool hasBelow, CancellationToken cancellation)
    {
        // uid/run, or uid/run/step/…
        string[] parts = holder.Holder.Split('/');
        string selector = $"{Labels.Workflow}={holder.Workflow}"
            + (parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long run) ? string.Create(CultureInfo.InvariantCulture, $",{Labels.Run}={run}") : "")
            + (parts.Length > 2 ? $",{Labels.Step}={parts[2]}" : "");
        string below = LocksAbove.LabelOf(holder.Holder);
        return await AreAtWorkAsync(holder.Namespace, selector, cancellation)
            || (hasBelow && (await IsUnderWayAsync(holder.Namespace, below, cancellation) || await AreAtWorkAsync(holder.Namespace, below, cancellation)));
    }

    /// <summary>Between two pods of a Workflow there may be none. It is asked before its pods are: the last of them may outlive it.</summary>
    private async Task<bool> IsUnderWayAsync(string ns, string selector, CancellationToken cancellation)
    {
        KubeList<Workflow> below = await client.Resource<Workflow>(ns).ListAsync(new ListOptions { LabelSelector = selector }, cancellation);
        return below.Items.Any(static child => !ChildWorkflow.IsOver(child));
    }

    private async Task<bool> AreAtWorkAsync(string ns, string selector, CancellationToken cancellation)
    {
        KubeList<StepPod> pods = await client.Resource<StepPod>(ns).ListAsync(new ListOptions { LabelSelector = selector }, cancellation);
        return pods.Items.Any(static pod => pod.Status?.Phase is not (PodPhase.Succeeded or PodPhase.Failed));
    }
}
