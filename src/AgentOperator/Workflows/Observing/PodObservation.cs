namespace AgentOperator.Workflows.Observing;

/// <summary>What is seen of an attempt's newest pod, in its container <c>main</c>.</summary>
internal sealed record PodObservation
{
    /// <summary>The container has started and not ended.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Deletion of the pod was asked for: what its container says since then is not its own.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>When the container started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null until the container has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why the container ended, <c>OOMKilled</c>, <c>Error</c>, <c>Completed</c>.</summary>
    public string? TerminationReason { get; init; }

    /// <summary>What the container wrote to its termination log.</summary>
    public string? TerminationMessage { get; init; }

    /// <summary>Why the container does not start, <c>ErrImagePull</c>; or <c>Unschedulable</c>.</summary>
    public string? WaitingReason { get; init; }

    public string? WaitingMessage { get; init; }
}
