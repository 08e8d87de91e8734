namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenReviewSpec.</summary>
public sealed record TokenReviewSpec
{
    public required string Token { get; init; }

    /// <summary>Of the asker; the token must be meant for one of them.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }
}
