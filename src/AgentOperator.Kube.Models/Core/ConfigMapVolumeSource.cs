namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ConfigMapVolumeSource.</summary>
public sealed record ConfigMapVolumeSource
{
    public string? Name { get; init; }

    public IReadOnlyList<KeyToPath>? Items { get; init; }

    /// <summary>File mode in decimal; 420 (0644) when absent.</summary>
    public int? DefaultMode { get; init; }

    public bool? Optional { get; init; }
}
