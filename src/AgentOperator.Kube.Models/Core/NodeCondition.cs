namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NodeCondition.</summary>
public sealed record NodeCondition
{
    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public Time? LastHeartbeatTime { get; init; }

    public Time? LastTransitionTime { get; init; }
}
