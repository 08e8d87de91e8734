namespace AgentOperator.Api.Approvals;

/// <summary>The values of <see cref="GateStatus.SelfApprovalCheck"/>.</summary>
public static class SelfApprovalChecks
{
    /// <summary>Everybody who changed what the run executes is known.</summary>
    public const string Known = "Known";

    /// <summary>There is no stamp of the authors, or a program is one of them: behind it may be anybody.</summary>
    public const string Unknown = "Unknown";

    /// <summary>The gate lets authors approve.</summary>
    public const string NotNeeded = "NotNeeded";
}
