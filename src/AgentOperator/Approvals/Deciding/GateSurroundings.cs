using AgentOperator.Api.Approvals;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What is seen around a gate.</summary>
/// <param name="Approvals">Those that name the object, in any order.</param>
/// <param name="Enforcement">Whether they can be believed.</param>
/// <param name="Authors">Who changed what the run executes; null when nobody knows.</param>
internal sealed record GateSurroundings(IReadOnlyCollection<Approval> Approvals, EnforcementState Enforcement, IReadOnlyList<string>? Authors);
