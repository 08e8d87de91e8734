namespace AgentOperator.Api.Workflows;

/// <summary>Phases of a step.</summary>
public static class StepPhases
{
    /// <summary>A step that it needs has not ended.</summary>
    public const string Pending = "Pending";

    /// <summary>It could run but for what <see cref="StepStatus.Waiting"/> says.</summary>
    public const string Waiting = "Waiting";

    /// <summary>The attempt is recorded; its Job is created next, or its pod has not started.</summary>
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";

    /// <summary>The step said no: exit code, timeout, bad output.</summary>
    public const string Failed = "Failed";

    /// <summary>The platform said no: image, quota, a lost result.</summary>
    public const string Errored = "Errored";

    /// <summary>A step that it needs did not succeed, so it never runs.</summary>
    public const string Omitted = "Omitted";

    /// <summary>True for a phase that a step does not leave within a run.</summary>
    public static bool IsFinal(string? phase) => phase is Succeeded or Failed or Errored or Omitted;
}
