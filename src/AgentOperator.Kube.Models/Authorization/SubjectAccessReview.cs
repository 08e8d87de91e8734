using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Authorization;

/// <summary>authorization.k8s.io/v1 SubjectAccessReview, asks whether somebody may do something; it is created, never stored.</summary>
public sealed record SubjectAccessReview : KubernetesObject<SubjectAccessReview>, IKubernetesObject<SubjectAccessReview>
{
    public static ResourceDefinition Resource { get; } = new("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", Namespaced: false);

    public static JsonTypeInfo<SubjectAccessReview> JsonTypeInfo => KubeJsonContext.Default.SubjectAccessReview;

    public SubjectAccessReviewSpec? Spec { get; init; }

    public SubjectAccessReviewStatus? Status { get; init; }
}
