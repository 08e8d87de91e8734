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

    /// <summary>Its own condition was false, so it never runs; what needs it goes on.</summary>
    public const string Skipped = "Skipped";

    /// <summary>It never runs: a step that it needs did not succeed, or the run is ending.</summary>
    public const string Omitted = "Omitted";

    /// <summary>It was stopped: by a request, a timeout of the run, or deletion.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>It had succeeded and was undone.</summary>
    public const string Compensated = "Compensated";

    /// <summary>True for a phase that a step does not leave within a run.</summary>
    public static bool IsFinal(string? phase) => phase is Succeeded or Failed or Errored or Skipped or Omitted or Cancelled or Compensated;

    /// <summary>True while an attempt of the step is on its way.</summary>
    public static bool IsActive(string? phase) => phase is Starting or Running;

    /// <summary>True when what needs the step may start.</summary>
    public static bool MeetsNeed(string? phase) => phase is Succeeded or Skipped;

    /// <summary>True for the ends that make a run fail.</summary>
    public static bool IsFailure(string? phase) => phase is Failed or Errored;
}
