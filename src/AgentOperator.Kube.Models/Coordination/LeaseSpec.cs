namespace AgentOperator.Kube.Models.Coordination;

/// <summary>coordination.k8s.io/v1 LeaseSpec.</summary>
public sealed record LeaseSpec
{
    /// <summary>Who holds it; empty or absent when it was released.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after the last renewal that a candidate must wait, by its own clock.</summary>
    public int? LeaseDurationSeconds { get; init; }

    public MicroTime? AcquireTime { get; init; }

    public MicroTime? RenewTime { get; init; }

    /// <summary>How often the holder has changed.</summary>
    public int? LeaseTransitions { get; init; }
}
