using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Authentication;

/// <summary>authentication.k8s.io/v1 TokenRequest, posted to <c>serviceaccounts/NAME/token</c>.</summary>
public sealed record TokenRequest : KubernetesObject<TokenRequest>, IKubernetesObject<TokenRequest>
{
    public static ResourceDefinition Resource { get; } = new("authentication.k8s.io", "v1", "tokenrequests", "TokenRequest");

    public static JsonTypeInfo<TokenRequest> JsonTypeInfo => KubeJsonContext.Default.TokenRequest;

    public TokenRequestSpec? Spec { get; init; }

    public TokenRequestStatus? Status { get; init; }
}
