namespace AgentOperator.Api.Approvals;

/// <summary>The values of <see cref="ApprovalSpec.Decision"/>.</summary>
public static class ApprovalDecisions
{
    public const string Approve = "Approve";
    public const string Reject = "Reject";
}
