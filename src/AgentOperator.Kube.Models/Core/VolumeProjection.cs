using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 VolumeProjection: one of its sources.</summary>
public sealed record VolumeProjection
{
    public SecretProjection? Secret { get; init; }

    public ConfigMapProjection? ConfigMap { get; init; }

    [JsonPropertyName("downwardAPI")]
    public DownwardApiProjection? DownwardApi { get; init; }

    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }

    public JsonElement? ClusterTrustBundle { get; init; }
}
