namespace AgentOperator.Kube.Models.ApiExtensions;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionNames.</summary>
public sealed record CustomResourceDefinitionNames
{
    public required string Kind { get; init; }

    public required string Plural { get; init; }
}
