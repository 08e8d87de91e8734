namespace AgentOperator.Local.Dapr.Resources;

/// <summary>dapr.io/v1alpha1 ResiliencySpec.</summary>
internal sealed record ResiliencySpec
{
    public ResiliencyPolicies Policies { get => field ?? new(); init; }

    public ResiliencyTargets Targets { get => field ?? new(); init; }
}
