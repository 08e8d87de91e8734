namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 PolicyRule, what may be done; lists are alternatives, <c>*</c> is everything.</summary>
public sealed record PolicyRule
{
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Empty text is the core group.</summary>
    public IReadOnlyList<string>? ApiGroups { get; init; }

    /// <summary>Plurals, with a subresource as <c>pods/log</c>.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    public IReadOnlyList<string>? ResourceNames { get; init; }

    /// <summary>Paths such as <c>/metrics</c>, in ClusterRoles only.</summary>
    public IReadOnlyList<string>? NonResourceURLs { get; init; }
}
