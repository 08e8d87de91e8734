namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ContainerStateWaiting.</summary>
public sealed record ContainerStateWaiting
{
    /// <summary><c>ContainerCreating</c>, <c>ErrImagePull</c>, <c>ImagePullBackOff</c>, …</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }
}
