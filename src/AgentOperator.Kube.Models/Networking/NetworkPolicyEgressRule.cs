namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 NetworkPolicyEgressRule, absent lists allow all.</summary>
public sealed record NetworkPolicyEgressRule
{
    public IReadOnlyList<NetworkPolicyPeer>? To { get; init; }

    public IReadOnlyList<NetworkPolicyPort>? Ports { get; init; }
}
