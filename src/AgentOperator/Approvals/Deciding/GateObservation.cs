using AgentOperator.Api.Approvals;
using AgentOperator.Approvals.Floors;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What a workflow's gates are decided from.</summary>
internal sealed record GateObservation
{
    /// <summary>Approvals that name the workflow.</summary>
    public IReadOnlyCollection<Approval> Approvals { get; init; } = [];

    /// <summary>Floors that hold in the namespace.</summary>
    public IReadOnlyList<ApprovalFloor> Floors { get; init; } = [];

    /// <summary>Why the floors are not known; null when they are.</summary>
    public string? FloorsProblem { get; init; }

    /// <summary>Whether Approvals can be believed; null when that was not asked yet.</summary>
    public EnforcementState? Enforcement { get; init; } = EnforcementState.NotAsked;

    /// <summary>True when it was asked just now, as a decision that counts wants it.</summary>
    public bool IsFresh { get; init; } = true;
}
