namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 DownwardAPIProjection.</summary>
public sealed record DownwardApiProjection
{
    public IReadOnlyList<DownwardApiVolumeFile>? Items { get; init; }
}
