namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="StepWaiting.Reason"/>.</summary>
public static class WaitingReasons
{
    public const string Dependency = "Dependency";
    public const string Backoff = "Backoff";
    public const string ImagePull = "ImagePull";
    public const string Unschedulable = "Unschedulable";
}
