using AgentOperator.Api;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Observing;

/// <summary>Tells objects of the operator from those that only say that they are. Anybody who may create one may name an owner in it; our labels the admission policy lets nobody else write.</summary>
internal static class OwnObjects
{
    /// <summary>True for what the operator made for an owner.</summary>
    public static bool IsOursOf(this IKubernetesObject found, string? owner) => owner is not null && found.ControllerOwner()?.Uid == owner && found.Label(Labels.Workflow) is not null;
}
