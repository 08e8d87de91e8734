namespace AgentOperator.Kube.Models.Policy;

/// <summary>policy/v1 PodDisruptionBudgetSpec, one of the two limits, never both.</summary>
public sealed record PodDisruptionBudgetSpec
{
    public IntOrString? MinAvailable { get; init; }

    public IntOrString? MaxUnavailable { get; init; }

    public LabelSelector? Selector { get; init; }

    /// <summary><c>IfHealthyBudget</c> or <c>AlwaysAllow</c>.</summary>
    public string? UnhealthyPodEvictionPolicy { get; init; }
}
