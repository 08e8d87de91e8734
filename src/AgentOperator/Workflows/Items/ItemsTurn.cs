using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>What one look at the items of a step comes to.</summary>
/// <param name="Status">The step as it now is; phase Waiting when an Indexed attempt is to follow.</param>
/// <param name="End">How the step has ended for good; null while it goes on.</param>
/// <param name="WakeAt">When to look again even if nothing changes.</param>
/// <param name="Keeps">Results to keep before the status is written.</param>
internal sealed record ItemsTurn(StepStatus Status, AttemptEnd? End, DateTimeOffset? WakeAt, IReadOnlyList<ItemResult> Keeps);
