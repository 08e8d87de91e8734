using AgentOperator.Agents.Observing;
using AgentOperator.Api.Agents;

namespace AgentOperator.Agents.Deciding;

/// <summary>What an Agent's status is to say, and what is left to do.</summary>
/// <param name="Status">The whole status.</param>
/// <param name="Repair">A pod that came up without its sidecar and is to be deleted.</param>
/// <param name="WakeAt">When to look again, even if nothing changes.</param>
internal sealed record AgentDecision(AgentStatus Status, AgentPod? Repair, DateTimeOffset WakeAt);
