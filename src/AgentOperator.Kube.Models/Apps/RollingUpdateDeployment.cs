namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 RollingUpdateDeployment.</summary>
public sealed record RollingUpdateDeployment
{
    /// <summary>A number or a share; <c>25%</c> when absent.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>A number or a share; <c>25%</c> when absent.</summary>
    public IntOrString? MaxSurge { get; init; }
}
