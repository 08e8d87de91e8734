using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What the pods may talk to beyond what the spec needs. Everything else is denied.</summary>
public sealed record AgentNetwork
{
    /// <summary>Rules for connections from the pods (list of networking.k8s.io/v1 NetworkPolicyEgressRule).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Egress { get; init; }

    /// <summary>Rules for connections to the pods (list of networking.k8s.io/v1 NetworkPolicyIngressRule). Pods of the same namespace and the operator may call port 8080 in any case.</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Ingress { get; init; }

    /// <summary>Unmanaged: the operator makes no NetworkPolicy. Managed if absent.</summary>
    [OneOf("Managed", "Unmanaged")]
    public string? Policy { get; init; }
}
