using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Telling;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>What is to be so of a definition, and what to do once that is written.</summary>
/// <param name="Status">The status to apply before anything else.</param>
internal sealed record TriggerDecision(WorkflowStatus Status)
{
    /// <summary>Workflows to create; repeated until they are seen.</summary>
    public IReadOnlyList<ChildStart> Starts { get; init; } = [];

    /// <summary>Events that were decided on.</summary>
    public IReadOnlyList<EventMark> Marks { get; init; } = [];

    public IReadOnlyList<ChildCancel> Cancels { get; init; } = [];

    /// <summary>Workflows that history has no room for.</summary>
    public IReadOnlyList<ObjectDelete> Expired { get; init; } = [];

    /// <summary>Events that need not be known any longer.</summary>
    public IReadOnlyList<ObjectDelete> Forgotten { get; init; } = [];

    /// <summary>What a person would want to read.</summary>
    public IReadOnlyList<RunNews> News { get; init; } = [];

    /// <summary>When to decide again even if nothing changes.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public bool HasEffects => Starts is not [] || Marks is not [] || Cancels is not [] || Expired is not [] || Forgotten is not [];
}
