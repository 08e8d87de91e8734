using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Deployments;

/// <summary>Pods of a ReplicaSet.</summary>
internal static class ReplicaPods
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static Pod Create(ReplicaSet set, Random random) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = $"{set.Metadata.Name}-{new string(random.GetItems<char>(Alphabet, 5))}",
            GenerateName = set.Metadata.Name + "-",
            Namespace = set.Metadata.Namespace,
            Labels = set.Spec!.Template?.Metadata?.Labels,
            Annotations = set.Spec.Template?.Metadata?.Annotations,
            OwnerReferences = [Owner(ReplicaSet.Resource, set.Metadata)],
        },
        Spec = set.Spec.Template!.Spec,
    };

    public static OwnerReference Owner(ResourceDefinition resource, ObjectMeta owner) =>
        new() { ApiVersion = resource.ApiVersion, Kind = resource.Kind, Name = owner.Name!, Uid = owner.Uid!, Controller = true, BlockOwnerDeletion = true };

    /// <summary>Which to end first: those that serve nobody yet, then the youngest.</summary>
    public static IEnumerable<Pod> Surplus(IEnumerable<Pod> active, int count) =>
        active.OrderBy(static pod => pod.IsReady()).ThenByDescending(static pod => pod.Metadata.CreationTimestamp?.Value).Take(count);

    /// <summary>Time until a pod has been ready for long enough; zero when it has, null while it is not ready.</summary>
    public static TimeSpan? AvailableIn(Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        PodCondition? ready = pod.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: "Ready", Status: ConditionStatus.True });
        if (ready is null)
        {
            return null;
        }

        TimeSpan left = minReadySeconds == 0 ? TimeSpan.Zero : (ready.LastTransitionTime?.Value ?? now) + TimeSpan.FromSeconds(minReadySeconds) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
