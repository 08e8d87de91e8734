namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NamespaceSpec.</summary>
public sealed record NamespaceSpec
{
    /// <summary>Changed through <c>/finalize</c> only.</summary>
    public IReadOnlyList<string>? Finalizers { get; init; }
}
