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

    /// <summary>More items of a forEach failed than may.</summary>
    public const string ItemsFailed = "ItemsFailed";

    /// <summary>The votes of a consensus do not agree.</summary>
    public const string NoConsensus = "NoConsensus";

    /// <summary>What forEach.items came to cannot be worked on.</summary>
    public const string BadItems = "BadItems";

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

    /// <summary>Somebody whom the gate names has said no.</summary>
    public const string Rejected = "Rejected";

    /// <summary>Nobody has decided at the gate in time.</summary>
    public const string ApprovalTimeout = "ApprovalTimeout";

    /// <summary>An event did not come in time.</summary>
    public const string EventTimeout = "EventTimeout";

    /// <summary>Whether a reason is the platform's, not the step's own no.</summary>
    public static bool IsOfPlatform(string? reason) => reason is JobRefused or InvalidJob or ImagePull or PodLost or NotStarted or ResultLost;
}
