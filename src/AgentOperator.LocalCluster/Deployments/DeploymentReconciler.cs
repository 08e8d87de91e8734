using System.Globalization;
using System.Text;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Local.Deployments;

/// <summary>A ReplicaSet for each template of a Deployment, the newest growing as the others shrink.</summary>
internal sealed class DeploymentReconciler(KubeClient client, ObjectStore<Deployment> deployments, ObjectStore<ReplicaSet> sets, OwnWrites writes, TimeProvider time) : IReconciler<Deployment>
{
    private const string Revision = "deployment.kubernetes.io/revision";
    private const int DefaultHistory = 10;

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (deployments.Find(key) is not { Spec: { } spec } deployment || deployment.IsTerminating())
        {
            return Outcome.Done;
        }

        string hash = TemplateHash.Of(spec.Template, deployment.Status?.CollisionCount ?? 0);
        ReplicaSet[] owned = [.. sets.Indexed(deployment.Metadata.Uid!).Values.OrderBy(RevisionOf)];
        ReplicaSet? current = owned.FirstOrDefault(set => set.Label(TemplateHash.Label) == hash);
        if (current is null && spec.Paused != true)
        {
            current = await client.Resource<ReplicaSet>(key.Namespace).CreateAsync(NewSet(deployment, hash, owned.Select(RevisionOf).DefaultIfEmpty().Max() + 1), cancellation);
            writes.Record(key, sets, current.Metadata.ResourceVersion);
        }

        ReplicaSet[] old = [.. owned.Where(set => set.Metadata.Uid != current?.Metadata.Uid)];
        RolloutLimits limits = RolloutLimits.Of(spec);
        RolloutSet[] oldViews = [.. old.Select(View)];
        RolloutSet? currentView = current is null ? null : View(current);
        foreach ((string name, int replicas) in Scales(spec, limits, currentView, oldViews))
        {
            Patch scale = Patch.Merge(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"spec":{"replicas":{{{replicas}}}}}""")));
            ReplicaSet scaled = await client.Resource<ReplicaSet>(key.Namespace).PatchAsync(name, scale, cancellation);
            writes.Record(key, sets, scaled.Metadata.ResourceVersion);
        }

        await ForgetAsync(key, old, spec.RevisionHistoryLimit ?? DefaultHistory, cancellation);
        DeploymentStatus status = DeploymentStatuses.Build(deployment, limits, currentView, oldViews, time.GetUtcNow());
        if (StatusPatch.Between(deployment.Metadata.Uid!, deployment.Status, status, KubeJsonContext.Default.DeploymentStatus) is { } patch)
        {
            Deployment written = await client.Resource<Deployment>(key.Namespace).PatchStatusAsync(key.Name, patch, cancellation);
            writes.Record(key, deployments, written.Metadata.ResourceVersion);
        }

        return status.Conditions!.Any(static condition => condition.Reason == "ReplicaSetUpdated") ? Outcome.After(TimeSpan.FromSeconds(spec.ProgressDeadlineSeconds ?? 600)) : Outcome.Done;
    }

    private static IReadOnlyDictionary<string, int> Scales(DeploymentSpec spec, RolloutLimits limits, RolloutSet? current, IReadOnlyList<RolloutSet> old) =>
        spec.Paused == true || current is null
            ? RolloutDecider.WhilePaused(limits, current, old)
            : RolloutDecider.Decide(limits, spec.Strategy?.Type == "Recreate", current, old);

    private static RolloutSet View(ReplicaSet set) =>
        new(set.Metadata.Name!, set.Spec!.Replicas ?? 1, set.Status?.Replicas ?? 0, set.Status?.ReadyReplicas ?? 0, set.Status?.AvailableReplicas ?? 0);

    private static long RevisionOf(ReplicaSet set) => long.TryParse(set.Annotation(Revision), CultureInfo.InvariantCulture, out long revision) ? revision : 0;

    private static ReplicaSet NewSet(Deployment deployment, string hash, long revision)
    {
        DeploymentSpec spec = deployment.Spec!;
        Dictionary<string, string> labels = new(spec.Template.Metadata?.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal) { [TemplateHash.Label] = hash };
        Dictionary<string, string> selector = new(spec.Selector?.MatchLabels ?? labels, StringComparer.Ordinal) { [TemplateHash.Label] = hash };
        return new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Revision] = revision.ToString(CultureInfo.InvariantCulture) },
                OwnerReferences = [ReplicaPods.Owner(Deployment.Resource, deployment.Metadata)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = 0,
                MinReadySeconds = spec.MinReadySeconds,
                Selector = new LabelSelector { MatchLabels = selector, MatchExpressions = spec.Selector?.MatchExpressions },
                Template = spec.Template with { Metadata = (spec.Template.Metadata ?? new ObjectMeta()) with { Labels = labels } },
            },
        };
    }

    private async Task ForgetAsync(ObjectKey key, ReplicaSet[] old, int history, CancellationToken cancellation)
    {
        ReplicaSet[] idle = [.. old.Where(static set => set is { Spec.Replicas: 0, Status: null or { Replicas: 0 } })];
        foreach (ReplicaSet set in idle.Take(Math.Max(0, idle.Length - history)))
        {
            await client.Resource<ReplicaSet>(key.Namespace).DeleteAsync(set.Metadata.Name!, new DeleteOptions { Uid = set.Metadata.Uid }, cancellation);
        }
    }
}
