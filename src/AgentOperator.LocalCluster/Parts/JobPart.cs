using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Parts;

/// <summary>The Job controller.</summary>
internal static class JobPart
{
    public static void Add(WorkloadParts parts)
    {
        ObjectStore<Job> jobs = parts.Store<Job>();
        ObjectStore<Pod> pods = parts.Store<Pod>();
        JobMemory memory = new();
        pods.Subscribe((before, after) =>
        {
            if (after is null)
            {
                memory.Lost(before!);
            }
        });
        jobs.Subscribe((before, after) =>
        {
            if (after is null)
            {
                memory.Forget(before!.Metadata.Uid!);
            }
        });
        OwnWrites writes = new(parts.Time);
        JobReconciler reconciler = new(parts.Client, jobs, pods, memory, writes, parts.Random, parts.Time, parts.Logger<JobReconciler>());
        parts.Control(reconciler, writes).Watch(pods, static pod => pod.ControllerOwner() is { Kind: "Job" } owner ? new ObjectKey(pod.Metadata.Namespace, owner.Name) : null);
    }
}
