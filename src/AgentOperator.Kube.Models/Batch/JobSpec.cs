using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 JobSpec.</summary>
public sealed record JobSpec
{
    public int? Parallelism { get; init; }

    public int? Completions { get; init; }

    public int? BackoffLimit { get; init; }

    /// <summary>Failures of one index before it counts as failed.</summary>
    public int? BackoffLimitPerIndex { get; init; }

    public int? MaxFailedIndexes { get; init; }

    /// <summary>Seconds from the Job's start until the system ends it, reason <c>DeadlineExceeded</c>.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary><c>NonIndexed</c> or <c>Indexed</c>.</summary>
    public string? CompletionMode { get; init; }

    public bool? Suspend { get; init; }

    /// <summary><c>Failed</c>: a replacement waits until the old pod is really terminal.</summary>
    public string? PodReplacementPolicy { get; init; }

    public PodFailurePolicy? PodFailurePolicy { get; init; }

    public SuccessPolicy? SuccessPolicy { get; init; }

    public LabelSelector? Selector { get; init; }

    public bool? ManualSelector { get; init; }

    public string? ManagedBy { get; init; }

    public required PodTemplateSpec Template { get; init; }
}
