using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodSecurityContext.</summary>
public sealed record PodSecurityContext
{
    public bool? RunAsNonRoot { get; init; }

    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public long? FsGroup { get; init; }

    public string? FsGroupChangePolicy { get; init; }

    public IReadOnlyList<long>? SupplementalGroups { get; init; }

    public string? SupplementalGroupsPolicy { get; init; }

    public string? SeLinuxChangePolicy { get; init; }

    public SeccompProfile? SeccompProfile { get; init; }

    public JsonElement? SeLinuxOptions { get; init; }

    public JsonElement? AppArmorProfile { get; init; }

    public JsonElement? WindowsOptions { get; init; }

    public IReadOnlyList<JsonElement>? Sysctls { get; init; }
}
