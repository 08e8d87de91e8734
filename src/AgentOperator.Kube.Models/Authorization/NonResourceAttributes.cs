namespace AgentOperator.Kube.Models.Authorization;

/// <summary>authorization.k8s.io/v1 NonResourceAttributes.</summary>
public sealed record NonResourceAttributes
{
    public string? Path { get; init; }

    public string? Verb { get; init; }
}
