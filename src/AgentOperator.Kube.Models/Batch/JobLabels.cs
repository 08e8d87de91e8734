namespace AgentOperator.Kube.Models.Batch;

/// <summary>Labels that the Job controller puts on a Job's pods and selects them by.</summary>
public static class JobLabels
{
    public const string JobName = "batch.kubernetes.io/job-name";
    public const string ControllerUid = "batch.kubernetes.io/controller-uid";
}
