using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers;

/// <summary>Brings one object closer to its spec. It gets a key and no reason: it must find out by itself what there is to do.</summary>
public interface IReconciler<T>
    where T : IKubernetesObject
{
    /// <summary>Called for one key by one worker at a time; the object may be gone.</summary>
    Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation);
}
