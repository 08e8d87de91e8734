namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 SeccompProfile.</summary>
public sealed record SeccompProfile
{
    /// <summary><c>RuntimeDefault</c>, <c>Unconfined</c> or <c>Localhost</c>.</summary>
    public required string Type { get; init; }

    public string? LocalhostProfile { get; init; }
}
