namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="WaitEvent.OnTimeout"/>.</summary>
public static class WaitTimeoutActions
{
    public const string Fail = "Fail";

    /// <summary>The step is skipped; what needs it goes on.</summary>
    public const string Skip = "Skip";
}
