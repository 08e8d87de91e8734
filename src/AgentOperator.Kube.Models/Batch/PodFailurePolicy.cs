namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 PodFailurePolicy: the first rule that matches decides; needs <c>restartPolicy: Never</c>.</summary>
public sealed record PodFailurePolicy
{
    public required IReadOnlyList<PodFailurePolicyRule> Rules { get; init; }
}
