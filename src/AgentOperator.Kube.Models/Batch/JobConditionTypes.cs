namespace AgentOperator.Kube.Models.Batch;

/// <summary>Condition types of a Job. Only <see cref="Complete"/> and <see cref="Failed"/> are terminal: all pods have ended by then.</summary>
public static class JobConditionTypes
{
    public const string Complete = "Complete";
    public const string Failed = "Failed";
    public const string Suspended = "Suspended";
    public const string FailureTarget = "FailureTarget";
    public const string SuccessCriteriaMet = "SuccessCriteriaMet";
}
