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

    /// <summary>Followed by the phase in which the Workflow of a workflow step ended.</summary>
    public const string WorkflowPrefix = "Workflow";
    public const string WorkflowRefused = "WorkflowRefused";
    public const string InvalidWorkflow = "InvalidWorkflow";

    /// <summary>The run's or finally's time was up.</summary>
    public const string RunDeadlineExceeded = "RunDeadlineExceeded";

    /// <summary>The copy of the run's spec is gone, or is not what the run began with.</summary>
    public const string RunSpecLost = "RunSpecLost";

    /// <summary>An expression could not be evaluated with the values that there are.</summary>
    public const string ExpressionFailed = "ExpressionFailed";

    /// <summary>A loop would be done once more than it may.</summary>
    public const string LoopLimit = "LoopLimit";

    /// <summary>A checkpoint said no.</summary>
    public const string CheckpointFailed = "CheckpointFailed";

    /// <summary>Nobody let the run go on behind a checkpoint in time.</summary>
    public const string CheckpointTimeout = "CheckpointTimeout";

    /// <summary>An event did not come in time.</summary>
    public const string EventTimeout = "EventTimeout";
}
