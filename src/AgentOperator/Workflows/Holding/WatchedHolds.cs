using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Holding;

/// <summary>Holds of all namespaces, from a watch.</summary>
internal sealed class WatchedHolds(ObjectStore<HeldNamespace> held) : IHolds
{
    public ValueTask<bool> IsHeldAsync(string ns, CancellationToken cancellation) => ValueTask.FromResult(held.Find(new ObjectKey(null, ns)) is not null);
}
