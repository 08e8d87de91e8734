using AgentOperator.Controllers;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Deployments;

namespace AgentOperator.Local.Parts;

/// <summary>The Deployment and ReplicaSet controllers.</summary>
internal static class DeploymentPart
{
    public static void Add(WorkloadParts parts)
    {
        OwnWrites setWrites = new(parts.Time);
        parts.Control(new ReplicaSetReconciler(parts.Client, parts.Store<ReplicaSet>(), parts.Store<Pod>(), setWrites, parts.Random, parts.Time), setWrites)
            .Watch(parts.Store<Pod>(), static pod => OwnerOf(pod, "ReplicaSet"));
        OwnWrites writes = new(parts.Time);
        parts.Control(new DeploymentReconciler(parts.Client, parts.Store<Deployment>(), parts.Store<ReplicaSet>(), writes, parts.Time), writes)
            .Watch(parts.Store<ReplicaSet>(), static set => OwnerOf(set, "Deployment"));
    }

    private static ObjectKey? OwnerOf(IKubernetesObject item, string kind) =>
        item.ControllerOwner() is { } owner && owner.Kind == kind ? new ObjectKey(item.Metadata.Namespace, owner.Name) : null;
}
