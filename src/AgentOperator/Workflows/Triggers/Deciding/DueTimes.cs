using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Workflows.Triggers.Schedules;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>The times of a schedule that have come since somebody looked last.</summary>
/// <param name="Times">Those that are to run, oldest first.</param>
/// <param name="HasCome">Whether any time has come.</param>
/// <param name="HasMissed">Whether some of them are not to run.</param>
internal sealed record DueTimes(IReadOnlyList<DateTimeOffset> Times, bool HasCome, bool HasMissed)
{
    /// <summary>Most times that are made up for.</summary>
    public const int Most = 100;

    /// <summary>A time that came this long ago was not missed: another replica may have had to take over first.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    private static readonly DueTimes None = new([], false, false);

    public static DueTimes Of(ISchedule schedule, TimeZoneInfo zone, DateTimeOffset seenUntil, DateTimeOffset now, string? policy, TimeSpan? deadline)
    {
        if (schedule.Next(seenUntil, zone) is not { } first || first > now)
        {
            return None;
        }

        TimeSpan? reach = policy == MissedRunPolicies.Skip && !(deadline < OnTime) ? OnTime : deadline;
        DateTimeOffset from = reach is { } limit && now - limit - TimeSpan.FromTicks(1) > seenUntil ? now - limit - TimeSpan.FromTicks(1) : seenUntil;
        List<DateTimeOffset> times = Newest(schedule, zone, from, now, policy == MissedRunPolicies.All ? Most : 1);
        return new DueTimes(times, true, times is [] || first < times[0]);
    }

    /// <summary>The newest times: looked for in a span that doubles, because schedules are asked forwards.</summary>
    private static List<DateTimeOffset> Newest(ISchedule schedule, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset now, int most)
    {
        for (TimeSpan span = OnTime; ; span *= 2)
        {
            DateTimeOffset start = now - from > span ? now - span : from;
            Queue<DateTimeOffset> times = new();
            for (DateTimeOffset? at = schedule.Next(start, zone); at <= now; at = schedule.Next(at.Value, zone))
            {
                times.Enqueue(at.Value);
                if (times.Count > most)
                {
                    times.Dequeue();
                }
            }

            if (times.Count == most || start == from)
            {
                return [.. times];
            }
        }
    }
}
