namespace AgentOperator.Kube.Models.ApiExtensions;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionVersion, read side, without the schema.</summary>
public sealed record CustomResourceDefinitionVersion
{
    public required string Name { get; init; }

    public required bool Served { get; init; }

    public required bool Storage { get; init; }
}
