using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Clock of the part of a run that is under way: it stands still while the run is suspended.</summary>
internal static class RunClock
{
    /// <summary>The clock stopped or running again, as <c>spec.suspend</c> wants it.</summary>
    public static WorkflowStatus Turn(WorkflowStatus status, bool isPaused, DateTimeOffset now) => (isPaused, status.PausedSince) switch
    {
        (true, null) => status with { PausedSince = new MicroTime(now) },
        (false, { } since) => status with { PausedSince = null, PausedMilliseconds = (status.PausedMilliseconds ?? 0) + Math.Max(0, (long)(now - since.Value).TotalMilliseconds) },
        _ => status,
    };

    /// <summary>When the part's time is up; null for never, and while the clock stands still.</summary>
    public static DateTimeOffset? Deadline(WorkflowStatus status, MicroTime? from, Duration? limit) =>
        status.PausedSince is null && from is { } start && limit is { } time
            ? start.Value + time.ToTimeSpan() + TimeSpan.FromMilliseconds(status.PausedMilliseconds ?? 0)
            : null;
}
