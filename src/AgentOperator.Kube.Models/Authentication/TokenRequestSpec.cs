namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenRequestSpec.</summary>
public sealed record TokenRequestSpec
{
    public IReadOnlyList<string>? Audiences { get; init; }

    public long? ExpirationSeconds { get; init; }

    public BoundObjectReference? BoundObjectRef { get; init; }
}
