namespace AgentOperator.Kube.Models.ApiExtensions;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionStatus.</summary>
public sealed record CustomResourceDefinitionStatus
{
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
