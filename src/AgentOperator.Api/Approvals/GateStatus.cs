using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Approvals;

/// <summary>A gate as approvers see it.</summary>
public sealed record GateStatus
{
    /// <summary>Digest of what is approved: an Approval holds for this and for nothing else.</summary>
    [Bounds(0, 71)]
    public string? Digest { get; init; }

    /// <summary>Since when the gate waits: an Approval from before does not count.</summary>
    public MicroTime? OpenedAt { get; init; }

    /// <summary>When it waits no longer: absolute, so that a restart does not begin it anew.</summary>
    public MicroTime? Deadline { get; init; }

    /// <summary>What holds here.</summary>
    public GatePolicy? Policy { get; init; }

    /// <summary>What approvers are shown.</summary>
    [Bounds(0, 8192)]
    public string? Message { get; init; }

    /// <summary>Approvals that count, of those that are needed: <c>1/2</c>.</summary>
    [Bounds(0, 16)]
    public string? Progress { get; init; }

    /// <summary>Users whose approvals count.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 512)]
    public IReadOnlyList<string>? ApprovedBy { get; init; }

    /// <summary>What is missing, in one sentence.</summary>
    [Bounds(0, 4096)]
    public string? Missing { get; init; }

    /// <summary>Why no decision counts now, and what to do.</summary>
    [Bounds(0, 2048)]
    public string? Problem { get; init; }

    /// <summary>Decisions that do not count, and why: the newest.</summary>
    [AtomicList]
    [Bounds(0, 10)]
    [ItemBounds(1, 1024)]
    public IReadOnlyList<string>? Ignored { get; init; }

    /// <summary>That earlier approvals do not count any more, because what is decided on has changed.</summary>
    [Bounds(0, 512)]
    public string? Voided { get; init; }

    /// <summary>Whether it is known who changed what the run executes: Known, Unknown (allowSelf: false then needs two people), or NotNeeded.</summary>
    [OneOf(SelfApprovalChecks.Known, SelfApprovalChecks.Unknown, SelfApprovalChecks.NotNeeded)]
    public string? SelfApprovalCheck { get; init; }

    /// <summary>Since when the admission policies are known to have been enforced here without a break: an Approval from before does not count. Absent while they are not.</summary>
    public MicroTime? VerifiedSince { get; init; }

    /// <summary>The very policies of which that was shown.</summary>
    [Bounds(0, 64)]
    public string? VerifiedPolicies { get; init; }
}
