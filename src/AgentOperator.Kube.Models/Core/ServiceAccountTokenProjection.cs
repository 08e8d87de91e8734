namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ServiceAccountTokenProjection: a token that the kubelet renews before it expires.</summary>
public sealed record ServiceAccountTokenProjection
{
    public string? Audience { get; init; }

    /// <summary>3600 when absent, 600 at least.</summary>
    public long? ExpirationSeconds { get; init; }

    public required string Path { get; init; }
}
