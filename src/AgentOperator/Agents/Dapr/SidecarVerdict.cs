using AgentOperator.Agents.Observing;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Dapr;

/// <summary>What there is to say of the sidecars, and to do.</summary>
/// <param name="Conditions">Only those that apply.</param>
/// <param name="Repair">A pod to be deleted, so that another comes up in its place.</param>
/// <param name="WakeAt">When to look again.</param>
/// <param name="Image">Image of the sidecars.</param>
internal sealed record SidecarVerdict(IReadOnlyList<ConditionState> Conditions, AgentPod? Repair, DateTimeOffset? WakeAt, string? Image);
