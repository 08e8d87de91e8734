namespace AgentOperator.Kube.Models.Policy;

/// <summary>policy/v1 PodDisruptionBudgetStatus.</summary>
public sealed record PodDisruptionBudgetStatus
{
    public long? ObservedGeneration { get; init; }

    public required int DisruptionsAllowed { get; init; }

    public required int CurrentHealthy { get; init; }

    public required int DesiredHealthy { get; init; }

    public required int ExpectedPods { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
