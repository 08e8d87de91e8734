namespace AgentOperator.Kube.Models.Authorization;

/// <summary>authorization.k8s.io/v1 SelfSubjectAccessReviewSpec, one of the two.</summary>
public sealed record SelfSubjectAccessReviewSpec
{
    public ResourceAttributes? ResourceAttributes { get; init; }

    public NonResourceAttributes? NonResourceAttributes { get; init; }
}
