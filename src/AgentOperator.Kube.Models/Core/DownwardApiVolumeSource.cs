namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 DownwardAPIVolumeSource.</summary>
public sealed record DownwardApiVolumeSource
{
    public IReadOnlyList<DownwardApiVolumeFile>? Items { get; init; }

    public int? DefaultMode { get; init; }
}
