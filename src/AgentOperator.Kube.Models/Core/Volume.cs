using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Volume: a name and one of its sources. The cloud providers' in-tree sources are left out.</summary>
public sealed record Volume
{
    public required string Name { get; init; }

    public EmptyDirVolumeSource? EmptyDir { get; init; }

    public ConfigMapVolumeSource? ConfigMap { get; init; }

    public SecretVolumeSource? Secret { get; init; }

    public ProjectedVolumeSource? Projected { get; init; }

    [JsonPropertyName("downwardAPI")]
    public DownwardApiVolumeSource? DownwardApi { get; init; }

    public HostPathVolumeSource? HostPath { get; init; }

    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    public JsonElement? Ephemeral { get; init; }

    public JsonElement? Csi { get; init; }

    public JsonElement? Nfs { get; init; }

    public JsonElement? Iscsi { get; init; }

    public JsonElement? Fc { get; init; }

    public JsonElement? Image { get; init; }
}
