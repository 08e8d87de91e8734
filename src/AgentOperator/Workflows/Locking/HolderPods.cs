using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Locking;

/// <summary>Tells whether pods of somebody who gives a lock back are still at work: a stopped pod goes on for its grace period. The server is asked, never a cache.</summary>
[RequiresAccess<Pod>(Verbs.List)]
internal sealed class HolderPods(KubeClient client)
{
    /// <summary>How often it is asked again while pods are ending.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    public async Task<bool> AreAtWorkAsync(LockEntry holder, CancellationToken cancellation)
    {
        // uid/run, or uid/run/step/…
        string[] parts = holder.Holder.Split('/');
        string selector = $"{Labels.Workflow}={holder.Workflow}"
            + (parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long run) ? string.Create(CultureInfo.InvariantCulture, $",{Labels.Run}={run}") : "")
            + (parts.Length > 2 ? $",{Labels.Step}={parts[2]}" : "");
        return await AreAtWorkAsync(holder.Namespace, selector, cancellation) || await AreAtWorkAsync(holder.Namespace, LocksAbove.LabelOf(holder.Holder), cancellation);
    }

    private async Task<bool> AreAtWorkAsync(string ns, string selector, CancellationToken cancellation)
    {
        KubeList<StepPod> pods = await client.Resource<StepPod>(ns).ListAsync(new ListOptions { LabelSelector = selector }, cancellation);
        return pods.Items.Any(static pod => pod.Status?.Phase is not (PodPhase.Succeeded or PodPhase.Failed));
    }
}
