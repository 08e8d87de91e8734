using AgentOperator.Api.Schema;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Api.Approvals;

/// <summary>What holds at a gate: what its step says, and the cluster's floors where they ask for more.</summary>
public sealed record GatePolicy
{
    /// <summary>Who may decide.</summary>
    public required Approvers Approvers { get; init; }

    /// <summary>How many of them must approve.</summary>
    public required int Quorum { get; init; }

    /// <summary>Groups of each of which at least one member must have approved.</summary>
    [AtomicList]
    [Bounds(0, 10)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? RequiredGroups { get; init; }

    /// <summary>Whether who changed what this run executes may approve it too.</summary>
    public required bool AllowSelf { get; init; }

    /// <summary>How long the gate waits, <c>1d</c> as <c>24h0m0s</c>; for ever if absent.</summary>
    [Bounds(0, 64)]
    public string? Timeout { get; init; }

    /// <summary>What the end of the timeout means. Where a floor holds: Fail.</summary>
    [OneOf(GateTimeoutActions.Fail, GateTimeoutActions.Approve, GateTimeoutActions.Skip)]
    public required string OnTimeout { get; init; }

    /// <summary>Floors of the cluster that hold here, each to be met by itself.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<GateFloor>? Floors { get; init; }
}
