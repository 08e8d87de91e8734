using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 SecurityContext of a container.</summary>
public sealed record SecurityContext
{
    public bool? AllowPrivilegeEscalation { get; init; }

    public bool? Privileged { get; init; }

    public bool? ReadOnlyRootFilesystem { get; init; }

    public bool? RunAsNonRoot { get; init; }

    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public Capabilities? Capabilities { get; init; }

    public SeccompProfile? SeccompProfile { get; init; }

    public string? ProcMount { get; init; }

    public JsonElement? SeLinuxOptions { get; init; }

    public JsonElement? AppArmorProfile { get; init; }

    public JsonElement? WindowsOptions { get; init; }
}
