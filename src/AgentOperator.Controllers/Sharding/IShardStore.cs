using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Sharding;

/// <summary>The Leases by which replicas share the work: one with the map, one for each member. Every write fails when another was faster.</summary>
public interface IShardStore
{
    /// <summary>Namespace and name, for messages.</summary>
    string Description { get; }

    /// <summary>Everything at one moment, never from a cache.</summary>
    Task<ShardView> ReadAsync(CancellationToken cancellation);

    /// <summary>Makes the Lease of a member; fails when it exists.</summary>
    Task<Lease> JoinAsync(LeaseSpec spec, CancellationToken cancellation);

    /// <summary>Writes the Lease of a member; fails when it is no longer as it was read, or gone.</summary>
    Task<Lease> UpdateMemberAsync(Lease read, LeaseSpec spec, CancellationToken cancellation);

    /// <summary>Deletes the Lease of a member, unless it is no longer as it was read.</summary>
    Task RemoveMemberAsync(Lease read, CancellationToken cancellation);

    /// <summary>Makes the Lease with the map; fails when it exists.</summary>
    Task<Lease> CreateMapAsync(ShardMap map, LeaseSpec spec, CancellationToken cancellation);

    /// <summary>Writes the map; fails when it is no longer as it was read, or gone.</summary>
    Task<Lease> UpdateMapAsync(Lease read, ShardMap map, LeaseSpec spec, CancellationToken cancellation);
}
