namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 JobStatus.</summary>
public sealed record JobStatus
{
    public IReadOnlyList<JobCondition>? Conditions { get; init; }

    public Time? StartTime { get; init; }

    public Time? CompletionTime { get; init; }

    public int? Active { get; init; }

    public int? Succeeded { get; init; }

    public int? Failed { get; init; }

    public int? Terminating { get; init; }

    public int? Ready { get; init; }

    /// <summary>Such as <c>1,3-5,7</c>.</summary>
    public string? CompletedIndexes { get; init; }

    public string? FailedIndexes { get; init; }

    public UncountedTerminatedPods? UncountedTerminatedPods { get; init; }
}
