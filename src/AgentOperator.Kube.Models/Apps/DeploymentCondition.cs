namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 DeploymentCondition.</summary>
public sealed record DeploymentCondition
{
    /// <summary><c>Available</c>, <c>Progressing</c> or <c>ReplicaFailure</c>.</summary>
    public required string Type { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public Time? LastUpdateTime { get; init; }

    public Time? LastTransitionTime { get; init; }
}
