using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Discovery;

/// <summary>discovery.k8s.io/v1 EndpointSlice.</summary>
public sealed record EndpointSlice : KubernetesObject<EndpointSlice>, IKubernetesObject<EndpointSlice>
{
    public static ResourceDefinition Resource { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");

    public static JsonTypeInfo<EndpointSlice> JsonTypeInfo => KubeJsonContext.Default.EndpointSlice;

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    public required string AddressType { get; init; }

    public IReadOnlyList<Endpoint> Endpoints { get => field ?? []; init; }

    public IReadOnlyList<EndpointPort>? Ports { get; init; }
}
