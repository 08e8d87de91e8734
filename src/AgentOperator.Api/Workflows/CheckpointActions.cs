namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="StepCheckpoint.Action"/>.</summary>
public static class CheckpointActions
{
    public const string Pause = "Pause";
    public const string Notify = "Notify";
    public const string Fail = "Fail";
    public const string Continue = "Continue";
}
