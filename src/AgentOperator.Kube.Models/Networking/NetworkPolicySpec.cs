namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 NetworkPolicySpec.</summary>
public sealed record NetworkPolicySpec
{
    /// <summary>Empty selects every pod of the namespace.</summary>
    public required LabelSelector PodSelector { get; init; }

    /// <summary><c>Ingress</c>, <c>Egress</c>; what is named and has no rule is denied.</summary>
    public IReadOnlyList<string>? PolicyTypes { get; init; }

    public IReadOnlyList<NetworkPolicyIngressRule>? Ingress { get; init; }

    public IReadOnlyList<NetworkPolicyEgressRule>? Egress { get; init; }
}
