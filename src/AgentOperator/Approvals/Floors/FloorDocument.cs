namespace AgentOperator.Approvals.Floors;

/// <summary>The ConfigMap's key as JSON.</summary>
internal sealed record FloorDocument
{
    public required IReadOnlyList<ApprovalFloor> Floors { get; init; }
}
