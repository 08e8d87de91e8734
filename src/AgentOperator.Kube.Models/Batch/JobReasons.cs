namespace AgentOperator.Kube.Models.Batch;

/// <summary>Reasons of a Job's conditions.</summary>
public static class JobReasons
{
    public const string CompletionsReached = "CompletionsReached";
    public const string BackoffLimitExceeded = "BackoffLimitExceeded";
    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string PodFailurePolicy = "PodFailurePolicy";
    public const string FailedIndexes = "FailedIndexes";
    public const string MaxFailedIndexesExceeded = "MaxFailedIndexesExceeded";
    public const string SuccessPolicy = "SuccessPolicy";
    public const string Suspended = "JobSuspended";
    public const string Resumed = "JobResumed";
}
