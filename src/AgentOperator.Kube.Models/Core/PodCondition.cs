namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodCondition.</summary>
public sealed record PodCondition
{
    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public Time? LastTransitionTime { get; init; }
}
