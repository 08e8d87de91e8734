using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 SelfSubjectReview, asks the server who the client is.</summary>
public sealed record SelfSubjectReview : KubernetesObject<SelfSubjectReview>, IKubernetesObject<SelfSubjectReview>
{
    public static ResourceDefinition Resource { get; } = new("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", Namespaced: false);

    public static JsonTypeInfo<SelfSubjectReview> JsonTypeInfo => KubeJsonContext.Default.SelfSubjectReview;

    public SelfSubjectReviewStatus? Status { get; init; }
}
