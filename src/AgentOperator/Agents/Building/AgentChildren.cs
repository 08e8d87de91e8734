using AgentOperator.Agents.Dapr;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;

namespace AgentOperator.Agents.Building;

/// <summary>Everything that is to be there for an Agent; null is what is not to be there.</summary>
internal sealed record AgentChildren
{
    public required ConfigMap Config { get; init; }

    public required Service Service { get; init; }

    public required Deployment Deployment { get; init; }

    /// <summary>Replicas that another field manager is given before the Deployment's apply leaves them out; null when that is done, or not needed.</summary>
    public int? HandOver { get; init; }

    public ServiceAccount? Account { get; init; }

    public NetworkPolicy? Network { get; init; }

    public PodDisruptionBudget? Disruption { get; init; }

    public HorizontalPodAutoscaler? Autoscaler { get; init; }

    /// <summary>Null: Dapr is not in the cluster.</summary>
    public DaprObjects? Dapr { get; init; }
}
