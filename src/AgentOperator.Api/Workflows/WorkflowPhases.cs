namespace AgentOperator.Api.Workflows;

/// <summary>Phases of a run.</summary>
public static class WorkflowPhases
{
    /// <summary>Not accepted yet, or cannot be accepted: see the conditions.</summary>
    public const string Pending = "Pending";

    /// <summary>A definition: it waits for its triggers, or for a step that names it.</summary>
    public const string Waiting = "Waiting";
    public const string Running = "Running";

    /// <summary>Under way, but no attempt starts until spec.suspend goes.</summary>
    public const string Suspended = "Suspended";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";

    /// <summary>Failed, and all that had to be undone was.</summary>
    public const string Compensated = "Compensated";

    /// <summary>Stopped by a request, by a change that replaces it, or by deletion.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>True for a phase that a run does not leave.</summary>
    public static bool IsFinal(string? phase) => phase is Succeeded or Failed or Compensated or Cancelled;
}
