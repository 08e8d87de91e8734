using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Sharding;

/// <summary>All that the members know of each other, as it was at one moment.</summary>
/// <param name="Map">The Lease with the map; null when there is none yet.</param>
/// <param name="Members">One Lease for each member, those that ended and were not cleared away included.</param>
public sealed record ShardView(Lease? Map, IReadOnlyList<Lease> Members);
