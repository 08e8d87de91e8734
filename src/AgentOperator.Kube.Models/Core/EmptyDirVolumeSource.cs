namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 EmptyDirVolumeSource.</summary>
public sealed record EmptyDirVolumeSource
{
    /// <summary>Empty, or <c>Memory</c>.</summary>
    public string? Medium { get; init; }

    public Quantity? SizeLimit { get; init; }
}
