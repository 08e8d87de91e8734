namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenRequestStatus.</summary>
public sealed record TokenRequestStatus
{
    public required string Token { get; init; }

    public required Time ExpirationTimestamp { get; init; }
}
