namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ScaleStatus.</summary>
public sealed record ScaleStatus
{
    public required int Replicas { get; init; }

    /// <summary>Label selector in its text form.</summary>
    public string? Selector { get; init; }
}
