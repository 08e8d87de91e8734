using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 NetworkPolicy.</summary>
public sealed record NetworkPolicy : KubernetesObject<NetworkPolicy>, IKubernetesObject<NetworkPolicy>
{
    public static ResourceDefinition Resource { get; } = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");

    public static JsonTypeInfo<NetworkPolicy> JsonTypeInfo => KubeJsonContext.Default.NetworkPolicy;

    public NetworkPolicySpec? Spec { get; init; }
}
