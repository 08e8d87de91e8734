namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 SuccessPolicy.</summary>
public sealed record SuccessPolicy
{
    public IReadOnlyList<SuccessPolicyRule> Rules { get => field ?? []; init; }
}
