namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 VolumeDevice.</summary>
public sealed record VolumeDevice
{
    public required string Name { get; init; }

    public required string DevicePath { get; init; }
}
