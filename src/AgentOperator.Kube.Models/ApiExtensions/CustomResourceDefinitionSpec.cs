namespace AgentOperator.Kube.Models.ApiExtensions;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionSpec, read side.</summary>
public sealed record CustomResourceDefinitionSpec
{
    public required string Group { get; init; }

    /// <summary><c>Namespaced</c> or <c>Cluster</c>.</summary>
    public required string Scope { get; init; }

    public required CustomResourceDefinitionNames Names { get; init; }

    public required IReadOnlyList<CustomResourceDefinitionVersion> Versions { get; init; }
}
