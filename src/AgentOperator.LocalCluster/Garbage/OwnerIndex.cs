using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>What stores of dependents are indexed by: the uid of the controlling owner, else of the first.</summary>
internal static class OwnerIndex
{
    public static string? Of<T>(T dependent)
        where T : class, IKubernetesObject<T> =>
        (dependent.ControllerOwner() ?? (dependent.Metadata.OwnerReferences is [{ } first, ..] ? first : null))?.Uid;
}
