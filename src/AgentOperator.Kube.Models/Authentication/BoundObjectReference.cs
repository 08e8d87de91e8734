namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 BoundObjectReference: the token ends with this object.</summary>
public sealed record BoundObjectReference
{
    public string? Kind { get; init; }

    public string? ApiVersion { get; init; }

    public string? Name { get; init; }

    public string? Uid { get; init; }
}
