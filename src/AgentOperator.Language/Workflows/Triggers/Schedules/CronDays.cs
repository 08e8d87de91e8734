using System.Globalization;

namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>Days of a schedule: of the month, of the week, and those that depend on the month's length.</summary>
internal sealed class CronDays
{
    private readonly List<Func<int, int, int>> _special = [];
    private readonly List<Func<DateOnly, bool>> _specialWeekdays = [];
    private ulong _days;
    private ulong _weekdays;
    private bool _isAnyDay = true;
    private bool _isAnyWeekday = true;

    /// <exception cref="FormatException">A part cannot be read.</exception>
    public static CronDays Parse(string days, string weekdays)
    {
        CronDays parsed = new();
        foreach (string part in days.Split(','))
        {
            parsed.AddDay(part);
        }

        foreach (string part in weekdays.Split(','))
        {
            parsed.AddWeekday(part);
        }

        return parsed;
    }

    /// <summary>As in Kubernetes: where both fields are restricted, a day of either counts.</summary>
    public bool Contains(DateOnly date) => (_isAnyDay, _isAnyWeekday) switch
    {
        (true, true) => true,
        (false, true) => IsDay(date),
        (true, false) => IsWeekday(date),
        _ => IsDay(date) || IsWeekday(date),
    };

    private bool IsDay(DateOnly date) => (_days & (1UL << date.Day)) != 0 || _special.Exists(day => day(date.Year, date.Month) == date.Day);

    private bool IsWeekday(DateOnly date) => (_weekdays & (1UL << (int)date.DayOfWeek)) != 0 || _specialWeekdays.Exists(matches => matches(date));

    private void AddDay(string part)
    {
        if (part is "*" or "?")
        {
            return;
        }

        _isAnyDay = false;
        string upper = part.ToUpperInvariant();
        if (upper == "LW")
        {
            _special.Add(static (year, month) => NearestWeekday(year, month, DateTime.DaysInMonth(year, month)));
        }
        else if (upper.StartsWith('L'))
        {
            int before = upper.Length == 1 ? 0 : upper[1] == '-' && int.TryParse(upper.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) && offset <= 30 ? offset : throw CronField.DayOfMonth.Refuse(part);
            _special.Add((year, month) => DateTime.DaysInMonth(year, month) - before);
        }
        else if (upper.EndsWith('W'))
        {
            int day = CronField.DayOfMonth.Value(part[..^1], part);
            _special.Add((year, month) => day <= DateTime.DaysInMonth(year, month) ? NearestWeekday(year, month, day) : 0);
        }
        else
        {
            _days |= CronField.DayOfMonth.Read(part);
        }
    }

    private void AddWeekday(string part)
    {
        if (part is "*" or "?")
        {
            return;
        }

        _isAnyWeekday = false;
        if (part.Split('#') is [{ } name, { } number])
        {
            int weekday = CronField.DayOfWeek.Value(name, part) % 7;
            int nth = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is >= 1 and <= 5 ? given : throw CronField.DayOfWeek.Refuse(part);
            _specialWeekdays.Add(date => (int)date.DayOfWeek == weekday && ((date.Day - 1) / 7) + 1 == nth);
        }
        else if (part.Length > 1 && part[^1] is 'L' or 'l')
        {
            int weekday = CronField.DayOfWeek.Value(part[..^1], part) % 7;
            _specialWeekdays.Add(date => (int)date.DayOfWeek == weekday && date.Day > DateTime.DaysInMonth(date.Year, date.Month) - 7);
        }
        else
        {
            _weekdays |= CronField.DayOfWeek.Read(part);
        }
    }

    /// <summary>The working day that is nearest to a day without leaving its month.</summary>
    private static int NearestWeekday(int year, int month, int day) => new DateOnly(year, month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        DayOfWeek.Sunday => day == DateTime.DaysInMonth(year, month) ? day - 2 : day + 1,
        _ => day,
    };
}
