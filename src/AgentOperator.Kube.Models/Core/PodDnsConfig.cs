using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodDNSConfig.</summary>
public sealed record PodDnsConfig
{
    public IReadOnlyList<string>? Nameservers { get; init; }

    public IReadOnlyList<string>? Searches { get; init; }

    public IReadOnlyList<JsonElement>? Options { get; init; }
}
