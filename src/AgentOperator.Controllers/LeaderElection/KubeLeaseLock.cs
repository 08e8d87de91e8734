using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Controllers.LeaderElection;

/// <summary>A Lease on the API server. Give it a client of its own: a pool that is full of other requests must not cost the lease.</summary>
public sealed class KubeLeaseLock(KubeClient client, string ns, string name) : ILeaseLock
{
    private readonly ResourceClient<Lease> _leases = client.Resource<Lease>(ns);

    public string Description => $"{ns}/{name}";

    public Task<Lease?> ReadAsync(CancellationToken cancellation) => _leases.FindAsync(name, cancellation);

    public Task<Lease> CreateAsync(LeaseSpec spec, CancellationToken cancellation) =>
        _leases.CreateAsync(new Lease { Metadata = new ObjectMeta { Name = name, Namespace = ns }, Spec = spec }, cancellation);

    /// <summary>A merge patch that carries the version read: the server answers 409 when it has moved on.</summary>
    public Task<Lease> UpdateAsync(Lease read, LeaseSpec spec, CancellationToken cancellation) =>
        _leases.PatchAsync(name, Patch.Merge(new Lease { Metadata = new ObjectMeta { ResourceVersion = read.Metadata.ResourceVersion }, Spec = spec }, Lease.JsonTypeInfo), cancellation);
}
