namespace AgentOperator.Workflows.Deciding;

/// <summary>Reasons in a step's status.</summary>
internal static class StepReasons
{
    public const string NonZeroExit = "NonZeroExit";
    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string BadOutput = "BadOutput";
    public const string ImagePull = "ImagePull";
    public const string JobRefused = "JobRefused";
    public const string InvalidJob = "InvalidJob";
    public const string ResultLost = "ResultLost";
    public const string PodLost = "PodLost";
    public const string NotStarted = "NotStarted";
}
