using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What is to be so, and what to do once it is written.</summary>
/// <param name="Status">The status to apply before anything else.</param>
/// <param name="Starts">Jobs to create after that; repeated until they are seen.</param>
/// <param name="Stops">Jobs to delete after that.</param>
/// <param name="WakeAt">When to decide again even if nothing changes.</param>
internal sealed record WorkflowDecision(WorkflowStatus Status, IReadOnlyList<AttemptStart> Starts, IReadOnlyList<AttemptStop> Stops, DateTimeOffset? WakeAt)
{
    /// <summary>True when the workflow's time after its end is up: it is to be deleted.</summary>
    public bool IsExpired { get; init; }
}
