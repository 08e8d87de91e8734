namespace AgentOperator.Kube.Models;

/// <summary>Metadata of a list (metav1.ListMeta).</summary>
public sealed record ListMeta
{
    public string? ResourceVersion { get; init; }

    /// <summary>Token of the next page; absent or empty on the last.</summary>
    public string? Continue { get; init; }

    public long? RemainingItemCount { get; init; }
}
