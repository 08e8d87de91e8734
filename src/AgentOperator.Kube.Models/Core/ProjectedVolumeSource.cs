namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ProjectedVolumeSource.</summary>
public sealed record ProjectedVolumeSource
{
    public IReadOnlyList<VolumeProjection>? Sources { get; init; }

    public int? DefaultMode { get; init; }
}
