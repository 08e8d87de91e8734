namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="StepWaiting.Reason"/>. A container that does not start for another reason has the kubelet's word for it, such as CreateContainerConfigError.</summary>
public static class WaitingReasons
{
    public const string Dependency = "Dependency";
    public const string Backoff = "Backoff";
    public const string Parallelism = "Parallelism";

    /// <summary>People have to approve.</summary>
    public const string Approval = "Approval";

    /// <summary>A lock is held by others.</summary>
    public const string Lock = "Lock";

    /// <summary>An event from outside has not come.</summary>
    public const string Event = "Event";

    /// <summary>A wait step's time is not up.</summary>
    public const string Timer = "Timer";

    /// <summary>A checkpoint holds what comes next until somebody resumes it.</summary>
    public const string Checkpoint = "Checkpoint";

    /// <summary>spec.suspend is true.</summary>
    public const string Paused = "Paused";
    public const string ImagePull = "ImagePull";
    public const string Unschedulable = "Unschedulable";

    /// <summary>The Job has no pod: something refuses it, and the Job controller tries again and again.</summary>
    public const string NoPod = "NoPod";

    /// <summary>The Agent, prompt or ConfigMap that the step names is not there, or cannot be used yet.</summary>
    public const string Reference = "Reference";

    /// <summary>The operator cannot take results yet.</summary>
    public const string Channel = "Channel";

    /// <summary>The Agent has no ready pod.</summary>
    public const string AgentNotReady = "AgentNotReady";

    /// <summary>The namespace carries the label <c>agentoperator.dev/hold: "true"</c>: no run starts.</summary>
    public const string Held = "Held";

    /// <summary>It is not known what the cluster asks of approvals: no run starts.</summary>
    public const string ApprovalFloors = "ApprovalFloors";
}
