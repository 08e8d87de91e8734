namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenReviewStatus.</summary>
public sealed record TokenReviewStatus
{
    public bool? Authenticated { get; init; }

    public UserInfo? User { get; init; }

    /// <summary>Those of the token that were asked for.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    public string? Error { get; init; }
}
