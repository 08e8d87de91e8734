namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 NetworkPolicyIngressRule, absent lists allow all.</summary>
public sealed record NetworkPolicyIngressRule
{
    public IReadOnlyList<NetworkPolicyPeer>? From { get; init; }

    public IReadOnlyList<NetworkPolicyPort>? Ports { get; init; }
}
