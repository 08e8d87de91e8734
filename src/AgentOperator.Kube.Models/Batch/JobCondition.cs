namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 JobCondition.</summary>
public sealed record JobCondition
{
    /// <summary>One of <see cref="JobConditionTypes"/>.</summary>
    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public Time? LastProbeTime { get; init; }

    public Time? LastTransitionTime { get; init; }
}
