namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 DownwardAPIVolumeFile.</summary>
public sealed record DownwardApiVolumeFile
{
    public required string Path { get; init; }

    public ObjectFieldSelector? FieldRef { get; init; }

    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    public int? Mode { get; init; }
}
