namespace AgentOperator.Kube.Models.Autoscaling;

/// <summary>autoscaling/v2 ScaleSpec.</summary>
public sealed record ScaleSpec
{
    public int? Replicas { get; init; }
}
