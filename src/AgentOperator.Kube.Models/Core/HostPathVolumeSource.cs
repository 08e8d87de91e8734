namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 HostPathVolumeSource.</summary>
public sealed record HostPathVolumeSource
{
    public required string Path { get; init; }

    /// <summary>Empty, <c>Directory</c>, <c>DirectoryOrCreate</c>, <c>File</c>, <c>FileOrCreate</c>, …</summary>
    public string? Type { get; init; }
}
