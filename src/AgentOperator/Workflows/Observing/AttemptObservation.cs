using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Observing;

/// <summary>What is seen of one attempt; an attempt without a Job has none.</summary>
internal sealed record AttemptObservation
{
    public required AttemptState State { get; init; }

    /// <summary>Uid of the Job.</summary>
    public string? JobUid { get; init; }

    /// <summary>Deletion of the Job was asked for; its pods are ending.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>When the Job was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>True while the Job controller is to keep a pod for the Job: it is neither suspended nor coming to its end.</summary>
    public bool WantsPod { get; init; }

    /// <summary>Number of the run that the Job belongs to.</summary>
    public long? Run { get; init; }

    /// <summary>Reason of the Job's last condition, or of the refusal.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>True when sending the same Job again cannot help (422).</summary>
    public bool IsInvalid { get; init; }

    /// <summary>What the attempt gave the operator through its channel; null when it gave nothing, or was not asked yet.</summary>
    public PostedResult? Posted { get; init; }

    /// <summary>What is seen of the Workflow that a workflow step is; null for a Job.</summary>
    public NestedObservation? Nested { get; init; }

    /// <summary>The newest pod of the Job; null when there is none.</summary>
    public PodObservation? Pod { get; init; }

    /// <summary>How the indexes of an Indexed Job stand; null for other Jobs.</summary>
    public IndexedObservation? Indexed { get; init; }
}
