using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>What one look at the items of a step comes to.</summary>
/// <param name="Status">The step as it now is; phase Waiting when an Indexed attempt is to follow.</param>
/// <param name="End">How the step has ended for good; null while it goes on.</param>
/// <param name="WakeAt">When to look again even if nothing changes.</param>
/// <param name="Keeps">Results to keep before the status is written.</param>
internal sealed record ItemsTurn(StepStatus Status, AttemptEnd? End, DateTimeOffset? WakeAt, IReadOnlyList<ItemResult> Keeps)
{
    /// <summary>True when what the items gave must be read first: the rest does not count, and it is to be looked at anew.</summary>
    public bool WantsResults { get; init; }

    public static ItemsTurn WithResults(StepStatus step) => new(step, null, null, []) { WantsResults = true };
}
