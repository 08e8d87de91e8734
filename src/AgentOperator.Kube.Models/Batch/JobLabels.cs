namespace AgentOperator.Kube.Models.Batch;

/// <summary>Labels that the Job controller puts on a Job's pods and selects them by.</summary>
public static class JobLabels
{
    public const string JobName = "batch.kubernetes.io/job-name";
    public const string ControllerUid = "batch.kubernetes.io/controller-uid";

    /// <summary>Label and annotation of an Indexed Job's pod: its index.</summary>
    public const string CompletionIndex = "batch.kubernetes.io/job-completion-index";

    /// <summary>Annotation: how often the pod's index has failed before, under <c>backoffLimitPerIndex</c>.</summary>
    public const string IndexFailureCount = "batch.kubernetes.io/job-index-failure-count";

    /// <summary>Older spelling of <see cref="JobName"/>, still set beside it.</summary>
    public const string LegacyJobName = "job-name";

    /// <summary>Older spelling of <see cref="ControllerUid"/>, still set beside it.</summary>
    public const string LegacyControllerUid = "controller-uid";
}
