namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 PodFailurePolicyRule.</summary>
public sealed record PodFailurePolicyRule
{
    /// <summary><c>FailJob</c>, <c>FailIndex</c>, <c>Ignore</c> or <c>Count</c>.</summary>
    public required string Action { get; init; }

    public PodFailurePolicyOnExitCodes? OnExitCodes { get; init; }

    public IReadOnlyList<PodFailurePolicyOnPodCondition>? OnPodConditions { get; init; }
}
