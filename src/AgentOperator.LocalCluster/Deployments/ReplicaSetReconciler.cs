using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Deployments;

/// <summary>Keeps as many pods as a ReplicaSet wants.</summary>
internal sealed class ReplicaSetReconciler(KubeClient client, ObjectStore<ReplicaSet> sets, ObjectStore<Pod> pods, OwnWrites writes, Random random, TimeProvider time) : IReconciler<ReplicaSet>
{
    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (sets.Find(key) is not { Spec: { } spec } set)
        {
            return Outcome.Done;
        }

        Pod[] active = [.. pods.Indexed(set.Metadata.Uid!).Values.Where(static pod => pod.IsActive())];
        if (!set.IsTerminating())
        {
            await ScaleAsync(set, active, spec.Replicas ?? 1, cancellation);
        }

        DateTimeOffset now = time.GetUtcNow();
        TimeSpan?[] available = [.. active.Select(pod => ReplicaPods.AvailableIn(pod, spec.MinReadySeconds ?? 0, now))];
        ReplicaSetStatus status = (set.Status ?? new ReplicaSetStatus()) with
        {
            Replicas = active.Length,
            FullyLabeledReplicas = Counter(active.Length),
            ReadyReplicas = Counter(available.Count(static left => left is not null)),
            AvailableReplicas = Counter(available.Count(static left => left == TimeSpan.Zero)),
            ObservedGeneration = set.Metadata.Generation,
        };
        if (StatusPatch.Between(set.Metadata.Uid!, set.Status, status, KubeJsonContext.Default.ReplicaSetStatus) is { } patch)
        {
            ReplicaSet written = await client.Resource<ReplicaSet>(key.Namespace).PatchStatusAsync(key.Name, patch, cancellation);
            writes.Record(key, sets, written.Metadata.ResourceVersion);
        }

        return available.Where(static left => left > TimeSpan.Zero).Min() is { } soonest ? Outcome.After(soonest) : Outcome.Done;
    }

    private static int? Counter(int value) => value == 0 ? null : value;

    private async Task ScaleAsync(ReplicaSet set, Pod[] active, int wanted, CancellationToken cancellation)
    {
        ResourceClient<Pod> podClient = client.Resource<Pod>(set.Metadata.Namespace);
        for (int i = active.Length; i < wanted; i++)
        {
            Pod created = await podClient.CreateAsync(ReplicaPods.Create(set, random), cancellation);
            writes.Record(set.Key(), pods, created.Metadata.ResourceVersion);
        }

        foreach (Pod pod in ReplicaPods.Surplus(active, active.Length - wanted))
        {
            await podClient.DeleteAsync(pod.Metadata.Name!, new DeleteOptions { Uid = pod.Metadata.Uid }, cancellation);
        }
    }
}
