namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ContainerStateTerminated.</summary>
public sealed record ContainerStateTerminated
{
    public int ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary><c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>, …</summary>
    public string? Reason { get; init; }

    /// <summary>What the container wrote to its termination log.</summary>
    public string? Message { get; init; }

    public Time? StartedAt { get; init; }

    public Time? FinishedAt { get; init; }

    public string? ContainerID { get; init; }
}
