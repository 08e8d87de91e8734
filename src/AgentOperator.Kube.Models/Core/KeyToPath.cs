namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 KeyToPath: a key of a ConfigMap or Secret under a path.</summary>
public sealed record KeyToPath
{
    public required string Key { get; init; }

    public required string Path { get; init; }

    /// <summary>File mode in decimal, such as 420 for 0644.</summary>
    public int? Mode { get; init; }
}
