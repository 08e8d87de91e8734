using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Fixtures;

internal sealed class DelegateReconciler(Func<ObjectKey, CancellationToken, Task<Outcome>> reconcile) : IReconciler<ConfigMap>
{
    public Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation) => reconcile(key, cancellation);
}
