namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 SelfSubjectReviewStatus.</summary>
public sealed record SelfSubjectReviewStatus
{
    public UserInfo? UserInfo { get; init; }
}
