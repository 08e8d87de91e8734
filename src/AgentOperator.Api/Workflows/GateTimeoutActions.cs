namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="ApprovalStep.OnTimeout"/>.</summary>
public static class GateTimeoutActions
{
    public const string Fail = "Fail";

    /// <summary>Silence is a yes.</summary>
    public const string Approve = "Approve";

    /// <summary>The step is skipped; what needs it goes on.</summary>
    public const string Skip = "Skip";
}
