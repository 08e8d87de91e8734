using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Authorization;

/// <summary>authorization.k8s.io/v1 SelfSubjectAccessReview, asks whether the client itself may do something.</summary>
public sealed record SelfSubjectAccessReview : KubernetesObject<SelfSubjectAccessReview>, IKubernetesObject<SelfSubjectAccessReview>
{
    public static ResourceDefinition Resource { get; } = new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Namespaced: false);

    public static JsonTypeInfo<SelfSubjectAccessReview> JsonTypeInfo => KubeJsonContext.Default.SelfSubjectAccessReview;

    public SelfSubjectAccessReviewSpec? Spec { get; init; }

    public SubjectAccessReviewStatus? Status { get; init; }
}
