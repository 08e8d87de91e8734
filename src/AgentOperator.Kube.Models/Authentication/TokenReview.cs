using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenReview, asks the server whose token this is; it is created, never stored.</summary>
public sealed record TokenReview : KubernetesObject<TokenReview>, IKubernetesObject<TokenReview>
{
    public static ResourceDefinition Resource { get; } = new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", Namespaced: false);

    public static JsonTypeInfo<TokenReview> JsonTypeInfo => KubeJsonContext.Default.TokenReview;

    public TokenReviewSpec? Spec { get; init; }

    public TokenReviewStatus? Status { get; init; }
}
