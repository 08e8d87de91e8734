namespace AgentOperator.Kube.Models.Authorization;

/// <summary>authorization.k8s.io/v1 ResourceAttributes.</summary>
public sealed record ResourceAttributes
{
    /// <summary>Empty is all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? Verb { get; init; }

    public string? Group { get; init; }

    public string? Version { get; init; }

    public string? Resource { get; init; }

    public string? Subresource { get; init; }

    /// <summary>Empty is all names.</summary>
    public string? Name { get; init; }
}
