namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ContainerState: exactly one of the three.</summary>
public sealed record ContainerState
{
    public ContainerStateWaiting? Waiting { get; init; }

    public ContainerStateRunning? Running { get; init; }

    public ContainerStateTerminated? Terminated { get; init; }
}
