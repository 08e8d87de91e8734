using AgentOperator.Api.Approvals;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What is decided about a gate.</summary>
internal sealed record GateVerdict
{
    public required GateOutcome Outcome { get; init; }

    /// <summary>What the status is to show.</summary>
    public required GateStatus Status { get; init; }

    /// <summary>Decisions that count, oldest first.</summary>
    public IReadOnlyList<Approval> Counted { get; init; } = [];

    /// <summary>One sentence on the outcome.</summary>
    public required string Message { get; init; }

    /// <summary>When to look again; null when only an event can change anything.</summary>
    public DateTimeOffset? WakeAt { get; init; }
}
