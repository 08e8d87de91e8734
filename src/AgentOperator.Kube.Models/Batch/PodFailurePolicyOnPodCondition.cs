namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 PodFailurePolicyOnPodConditionsPattern.</summary>
public sealed record PodFailurePolicyOnPodCondition
{
    public required string Type { get; init; }

    public required string Status { get; init; }
}
