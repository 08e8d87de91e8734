namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ConfigMapEnvSource.</summary>
public sealed record ConfigMapEnvSource
{
    public string? Name { get; init; }

    public bool? Optional { get; init; }
}
