using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>A gate: the step succeeds once enough people have approved what it shows them.</summary>
public sealed record ApprovalStep
{
    /// <summary>Who may decide.</summary>
    public required Approvers Approvers { get; init; }

    /// <summary>How many of them must approve; 1 if absent. Where the cluster's floor is higher, that counts.</summary>
    [Bounds(1, 20)]
    public int? Quorum { get; init; }

    /// <summary>Groups of each of which at least one member must have approved.</summary>
    [AtomicList]
    [Bounds(0, 10)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? RequiredGroups { get; init; }

    /// <summary>How long the gate waits, <c>24h</c>; for ever if absent. Does not count against timeouts.run.</summary>
    [CelRule("duration(self) >= duration('1s')", "approval.timeout must be at least 1s")]
    public Duration? Timeout { get; init; }

    /// <summary>What the end of the timeout means; Fail if absent.</summary>
    [OneOf(GateTimeoutActions.Fail, GateTimeoutActions.Approve, GateTimeoutActions.Skip)]
    public string? OnTimeout { get; init; }

    /// <summary>True: who changed what this run executes may approve it too. False if absent.</summary>
    public bool? AllowSelf { get; init; }

    /// <summary>What approvers are shown. <c>{{ }}</c> is replaced.</summary>
    [Bounds(1, 4096)]
    public string? Message { get; init; }
}
