using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Clock of the part of a run that is under way: it stands still while the run is suspended, or waits for nothing but people and locks.</summary>
internal static class RunClock
{
    /// <summary>The clock stopped or running again.</summary>
    public static WorkflowStatus Turn(WorkflowStatus status, bool isPaused, bool isWaiting, DateTimeOffset now)
    {
        if (!isPaused && status.PausedSince is { } paused)
        {
            status = Add(status, paused, now) with { PausedSince = null };
        }

        if (!isWaiting && status.WaitingSince is { } waited)
        {
            status = Add(status, waited, now) with { WaitingSince = null };
        }

        return (isPaused, isWaiting) switch
        {
            (true, _) when status.PausedSince is null => status with { PausedSince = new MicroTime(now) },
            (false, true) when status.WaitingSince is null => status with { WaitingSince = new MicroTime(now) },
            _ => status,
        };
    }

    /// <summary>When the part's time is up; null for never, and while the clock stands still.</summary>
    public static DateTimeOffset? Deadline(WorkflowStatus status, MicroTime? from, Duration? limit) =>
        status is { PausedSince: null, WaitingSince: null } && from is { } start && limit is { } time
            ? start.Value + time.ToTimeSpan() + TimeSpan.FromMilliseconds(status.PausedMilliseconds ?? 0)
            : null;

    private static WorkflowStatus Add(WorkflowStatus status, MicroTime since, DateTimeOffset now) =>
        status with { PausedMilliseconds = (status.PausedMilliseconds ?? 0) + Math.Max(0, (long)(now - since.Value).TotalMilliseconds) };
}
