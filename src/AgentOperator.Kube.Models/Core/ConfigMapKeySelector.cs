namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ConfigMapKeySelector.</summary>
public sealed record ConfigMapKeySelector
{
    public string? Name { get; init; }

    public required string Key { get; init; }

    public bool? Optional { get; init; }
}
