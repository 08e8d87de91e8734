namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="StepNext.OnMaxVisits"/>.</summary>
public static class LoopLimitActions
{
    public const string Fail = "Fail";
    public const string Continue = "Continue";
}
