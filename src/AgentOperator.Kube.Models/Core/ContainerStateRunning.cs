namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ContainerStateRunning.</summary>
public sealed record ContainerStateRunning
{
    public Time? StartedAt { get; init; }
}
