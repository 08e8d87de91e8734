namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 LocalObjectReference.</summary>
public sealed record LocalObjectReference
{
    public string? Name { get; init; }
}
