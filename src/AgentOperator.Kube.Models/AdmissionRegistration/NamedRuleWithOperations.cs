namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 NamedRuleWithOperations.</summary>
public sealed record NamedRuleWithOperations
{
    public IReadOnlyList<string>? ApiGroups { get; init; }

    public IReadOnlyList<string>? ApiVersions { get; init; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>CONNECT</c> or <c>*</c>.</summary>
    public IReadOnlyList<string>? Operations { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public IReadOnlyList<string>? ResourceNames { get; init; }

    /// <summary><c>Cluster</c>, <c>Namespaced</c> or <c>*</c>.</summary>
    public string? Scope { get; init; }
}
