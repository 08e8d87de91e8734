namespace AgentOperator.Local.Node;

/// <summary>Why the node ends a pod.</summary>
/// <param name="Grace">Time that its containers get after SIGTERM.</param>
/// <param name="Reason">Reason of the pod's status; null when the pod is deleted.</param>
/// <param name="Message">Message of the pod's status.</param>
internal sealed record PodEnding(TimeSpan Grace, string? Reason = null, string? Message = null);
