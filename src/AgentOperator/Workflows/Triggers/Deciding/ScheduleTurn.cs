using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Events;
using AgentOperator.Workflows.Triggers.Schedules;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>A trigger's schedule moved on to now: which times have come, and which is next.</summary>
/// <param name="Status">The trigger's status after it; its due times are those that nothing was decided on.</param>
/// <param name="Missed">What is to be said of times that do not run; null for nothing.</param>
internal sealed record ScheduleTurn(TriggerStatus Status, string? Missed)
{
    /// <param name="trigger">A trigger with a schedule.</param>
    /// <param name="before">Its status.</param>
    /// <param name="definition">What it is of.</param>
    /// <param name="now">The time.</param>
    public static ScheduleTurn Of(WorkflowTrigger trigger, TriggerStatus before, Workflow definition, DateTimeOffset now)
    {
        if (ScheduleCheck.Problem(trigger) is { } problem)
        {
            return new ScheduleTurn(before with { Schedule = TextOf(trigger), SeenUntil = new MicroTime(now), Next = null, Problem = problem }, null);
        }

        CronSchedule schedule = CronSchedule.Parse(trigger.Cron!);
        TimeZoneInfo zone = TimeZones.Find(trigger.TimeZone)!;
        TimeSpan? deadline = trigger.StartingDeadline?.ToTimeSpan();
        bool isNew = before.Schedule != TextOf(trigger) || before.SeenUntil is null;
        bool wasPaused = definition.Status?.Phase == WorkflowPhases.Suspended;
        DateTimeOffset seen = isNew ? Beginning(definition, now) : before.SeenUntil!.Value.Value;
        TriggerStatus status = before with { Schedule = TextOf(trigger), Due = isNew ? null : before.Due };
        if (definition.Spec.Suspend == true || wasPaused)
        {
            // Times that come while it is suspended pass; where they passed to is noted once, at the end.
            return new ScheduleTurn(status with { SeenUntil = isNew || wasPaused && definition.Spec.Suspend != true ? new MicroTime(now) : status.SeenUntil, Next = definition.Spec.Suspend == true ? null : Time(schedule.Next(now, zone)) }, null);
        }

        DueTimes due = DueTimes.Of(schedule, zone, seen, now, trigger.MissedRuns, deadline);
        IReadOnlyList<MicroTime> times = [.. status.Due ?? [], .. due.Times.Select(static time => new MicroTime(time))];
        bool isFull = times.Count > DueTimes.Most;
        return new ScheduleTurn(
            status with
            {
                SeenUntil = due.HasCome ? new MicroTime(now) : new MicroTime(seen),
                LastScheduled = due.Times is [.., { } last] ? new MicroTime(last) : status.LastScheduled,
                Next = Time(schedule.Next(now, zone)),
                Due = times is [] ? null : isFull ? [.. times.Skip(times.Count - DueTimes.Most)] : times,
            },
            due.HasMissed ? $"times of {trigger.Name} after {EventName.Id(seen)} have passed without a run{(due.Times is [{ } newest, ..] ? $"; {EventName.Id(newest)} is made up for" : "")}"
                : isFull ? $"{DueTimes.Most} times of {trigger.Name} wait already: the oldest do not run" : null);
    }

    /// <summary>A schedule counts from its creation; one that comes later, or is changed, from when that is seen.</summary>
    private static DateTimeOffset Beginning(Workflow definition, DateTimeOffset now) =>
        definition.Status?.ObservedGeneration is null && definition.Metadata.CreationTimestamp is { } created && created.Value < now ? created.Value : now;

    private static string TextOf(WorkflowTrigger trigger) => $"{trigger.Cron} {trigger.TimeZone ?? "UTC"}";

    private static MicroTime? Time(DateTimeOffset? at) => at is { } time ? new MicroTime(time) : null;
}
