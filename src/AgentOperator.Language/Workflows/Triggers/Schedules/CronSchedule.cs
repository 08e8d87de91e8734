using System.Numerics;

namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>A schedule in cron's five fields, in the local time of a zone. Where clocks are put forward, a time that does not exist runs at the first moment after; where they are put back, a time that comes twice runs the first time.
/// A schedule of every hour does not know such times: it goes on by the hours that pass.</summary>
internal sealed class CronSchedule : ISchedule
{
    // Among eight years there is a 29 February even around 2100; W, L and # repeat sooner.
    private const int YearsAhead = 9;

    private const ulong EveryHour = (1UL << 24) - 1;

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _months;
    private readonly CronDays _days;

    private CronSchedule(ulong minutes, ulong hours, ulong months, CronDays days) => (_minutes, _hours, _months, _days) = (minutes, hours, months, days);

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">It is no schedule, or names a day that never comes; the message says what to do.</exception>
    public static CronSchedule Parse(string text)
    {
        string[] fields = Expand(text.Trim()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [{ } minute, { } hour, { } day, { } month, { } weekday])
        {
            throw new FormatException($"\"{text}\" has {fields.Length} fields: write five, minute hour day-of-month month day-of-week");
        }

        CronSchedule schedule = new(Bits(CronField.Minute, minute), Bits(CronField.Hour, hour), Bits(CronField.Month, month), CronDays.Parse(day, weekday));
        return schedule.Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null ? throw new FormatException($"\"{text}\" names a day that never comes: correct day of month or month") : schedule;
    }

    /// <summary>Why a text is no schedule, and what to do; null when it is one.</summary>
    public static string? Problem(string text)
    {
        try
        {
            Parse(text);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => _hours == EveryHour ? NextByElapsedTime(after, zone) : NextByLocalTime(after, zone);

    private static string Expand(string text) => text.ToLowerInvariant() switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        ['@', ..] => throw new FormatException($"\"{text}\" is not known: write @hourly, @daily, @weekly, @monthly or @yearly, or five fields"),
        _ => text,
    };

    private static ulong Bits(CronField field, string text) => text.Split(',').Aggregate(0UL, (bits, part) => bits | field.Read(part));

    private DateTimeOffset? NextByLocalTime(DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (NextLocal(local) is { } next)
        {
            DateTimeOffset at = zone.IsInvalidTime(next) ? AfterGap(next, zone)
                : new DateTimeOffset(next, zone.IsAmbiguousTime(next) ? zone.GetAmbiguousTimeOffsets(next).Max() : zone.GetUtcOffset(next));
            if (at > after)
            {
                return at.ToUniversalTime();
            }

            local = next;
        }

        return null;
    }

    /// <summary>Goes on at the offset of the moment, and looks again where that changes.</summary>
    private DateTimeOffset? NextByElapsedTime(DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTimeOffset end = after.AddYears(YearsAhead);
        for (DateTimeOffset from = after; from < end;)
        {
            TimeSpan offset = zone.GetUtcOffset(from);
            if (NextLocal(from.ToOffset(offset).DateTime) is not { } next)
            {
                return null;
            }

            DateTimeOffset at = new(next, offset);
            if (Change(from, at, offset, zone) is not { } change)
            {
                return at.ToUniversalTime();
            }

            // One tick before, in the new local time: the minute of the change itself may be on the schedule.
            DateTime local = change.ToOffset(zone.GetUtcOffset(change)).DateTime.AddTicks(-1);
            if (NextLocal(local) is { } first && first == local.AddTicks(1))
            {
                return change.ToUniversalTime();
            }

            from = change;
        }

        return null;
    }

    /// <summary>The first moment of another offset after one moment and up to another; null when there is none.</summary>
    private static DateTimeOffset? Change(DateTimeOffset from, DateTimeOffset to, TimeSpan offset, TimeZoneInfo zone)
    {
        for (DateTimeOffset day = from; day < to;)
        {
            DateTimeOffset next = day.AddDays(1) < to ? day.AddDays(1) : to;
            if (zone.GetUtcOffset(next) != offset)
            {
                return Bisect(day, next, offset, zone);
            }

            day = next;
        }

        return null;
    }

    /// <summary>The first moment after a gap in local time.</summary>
    private static DateTimeOffset AfterGap(DateTime local, TimeZoneInfo zone)
    {
        DateTimeOffset before = new(local.AddDays(-1), zone.GetUtcOffset(local.AddDays(-1)));
        DateTimeOffset after = new(local.AddDays(1), zone.GetUtcOffset(local.AddDays(1)));
        return Bisect(before, after, zone.GetUtcOffset(before), zone);
    }

    /// <summary>Offsets change on whole seconds.</summary>
    private static DateTimeOffset Bisect(DateTimeOffset before, DateTimeOffset after, TimeSpan offset, TimeZoneInfo zone)
    {
        long low = before.ToUnixTimeSeconds();
        long high = after.ToUnixTimeSeconds();
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offset)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }

    /// <summary>The first local time of the schedule after another one, as if no clock were ever put forward or back.</summary>
    private DateTime? NextLocal(DateTime after)
    {
        DateTime from = after.AddTicks(-(after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        DateOnly date = DateOnly.FromDateTime(from);
        int hour = from.Hour;
        int minute = from.Minute;
        for (DateOnly end = date.AddYears(YearsAhead); date <= end; (date, hour, minute) = (NextDate(date), 0, 0))
        {
            if ((_months & (1UL << date.Month)) != 0 && _days.Contains(date) && NextTime(hour, minute) is { } time)
            {
                return date.ToDateTime(time);
            }
        }

        return null;
    }

    private DateOnly NextDate(DateOnly date) => (_months & (1UL << date.Month)) != 0 ? date.AddDays(1) : new DateOnly(date.Year, date.Month, 1).AddMonths(1);

    private TimeOnly? NextTime(int hour, int minute)
    {
        int rest = (_hours & (1UL << hour)) != 0 ? First(_minutes, minute) : 64;
        if (rest < 64)
        {
            return new TimeOnly(hour, rest);
        }

        int next = First(_hours, hour + 1);
        return next < 64 ? new TimeOnly(next, First(_minutes, 0)) : null;
    }

    /// <summary>The first bit from a position on; 64 when there is none.</summary>
    private static int First(ulong bits, int from) => BitOperations.TrailingZeroCount(bits & (ulong.MaxValue << from));
}
