using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ServiceSpec.</summary>
public sealed record ServiceSpec
{
    public IReadOnlyList<ServicePort>? Ports { get; init; }

    public IReadOnlyDictionary<string, string>? Selector { get; init; }

    /// <summary><c>None</c> for a headless Service.</summary>
    [JsonPropertyName("clusterIP")]
    public string? ClusterIP { get; init; }

    [JsonPropertyName("clusterIPs")]
    public IReadOnlyList<string>? ClusterIPs { get; init; }

    /// <summary><c>ClusterIP</c> when absent.</summary>
    public string? Type { get; init; }

    [JsonPropertyName("externalIPs")]
    public IReadOnlyList<string>? ExternalIPs { get; init; }

    public string? ExternalName { get; init; }

    public string? SessionAffinity { get; init; }

    public JsonElement? SessionAffinityConfig { get; init; }

    public IReadOnlyList<string>? IpFamilies { get; init; }

    public string? IpFamilyPolicy { get; init; }

    public string? InternalTrafficPolicy { get; init; }

    public string? ExternalTrafficPolicy { get; init; }

    public bool? PublishNotReadyAddresses { get; init; }

    [JsonPropertyName("loadBalancerIP")]
    public string? LoadBalancerIP { get; init; }

    public string? LoadBalancerClass { get; init; }

    public IReadOnlyList<string>? LoadBalancerSourceRanges { get; init; }

    public bool? AllocateLoadBalancerNodePorts { get; init; }

    public int? HealthCheckNodePort { get; init; }

    public string? TrafficDistribution { get; init; }
}
