using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.LeaderElection;

/// <summary>The one Lease that candidates compete for. Every write fails when another was faster.</summary>
public interface ILeaseLock
{
    /// <summary>Namespace and name, for messages.</summary>
    string Description { get; }

    /// <summary>The Lease as it is now; null when there is none.</summary>
    Task<Lease?> ReadAsync(CancellationToken cancellation);

    /// <summary>Makes the Lease; fails when it exists.</summary>
    Task<Lease> CreateAsync(LeaseSpec spec, CancellationToken cancellation);

    /// <summary>Writes the Lease; fails when it is no longer as it was read.</summary>
    Task<Lease> UpdateAsync(Lease read, LeaseSpec spec, CancellationToken cancellation);
}
