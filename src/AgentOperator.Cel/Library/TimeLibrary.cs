using System.Globalization;
using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Library;

/// <summary>Parts of instants and spans of time.</summary>
internal static class TimeLibrary
{
    private static readonly (string Name, Func<Civil, long> Get)[] Parts =
    [
        ("getFullYear", static civil => civil.Year),
        ("getMonth", static civil => civil.Month - 1),
        ("getDate", static civil => civil.Day),
        ("getDayOfMonth", static civil => civil.Day - 1),
        ("getDayOfWeek", static civil => civil.DayOfWeek),
        ("getDayOfYear", static civil => civil.DayOfYear),
        ("getHours", static civil => civil.SecondOfDay / 3600),
        ("getMinutes", static civil => civil.SecondOfDay / 60 % 60),
        ("getSeconds", static civil => civil.SecondOfDay % 60),
    ];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Parts.Select(static part => Fn.Method(part.Name, CelType.Timestamp, CelType.Int, (in time, ref _) => CelValue.From(part.Get(Civil.Of(time.Bits))))),
        .. Parts.Select(static part => Fn.Method(part.Name, CelType.Timestamp, CelType.String, CelType.Int, (in time, in zone, ref _) =>
            Offset(time, zone.Text) is { } offset ? CelValue.From(part.Get(Civil.Of(time.Bits + offset))) : UnknownZone(zone.Text))),
        Fn.Method("getMilliseconds", CelType.Timestamp, CelType.Int, static (in time, ref _) => CelValue.From(time.Nanos / 1_000_000L)),
        Fn.Method("getMilliseconds", CelType.Timestamp, CelType.String, CelType.Int, static (in time, in zone, ref _) =>
            Offset(time, zone.Text) is null ? UnknownZone(zone.Text) : CelValue.From(time.Nanos / 1_000_000L)),
        Fn.Method("getHours", CelType.Duration, CelType.Int, static (in span, ref _) => CelValue.From(span.Bits / (3600 * Times.Second))),
        Fn.Method("getMinutes", CelType.Duration, CelType.Int, static (in span, ref _) => CelValue.From(span.Bits / (60 * Times.Second))),
        Fn.Method("getSeconds", CelType.Duration, CelType.Int, static (in span, ref _) => CelValue.From(span.Bits / Times.Second)),
        Fn.Method("getMilliseconds", CelType.Duration, CelType.Int, static (in span, ref _) => CelValue.From(span.Bits % Times.Second / 1_000_000)),
    ];

    /// <summary>Seconds to add to UTC in a zone by name, or by offset: <c>-02:30</c>.</summary>
    private static long? Offset(in CelValue time, string zone)
    {
        string digits = zone.TrimStart('+', '-');
        if (zone.Length - digits.Length <= 1 && digits.Length == 5 && digits[2] == ':'
            && int.TryParse(digits.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            && int.TryParse(digits.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) && hours < 24 && minutes < 60)
        {
            return ((hours * 3600L) + (minutes * 60)) * (zone[0] == '-' ? -1 : 1);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found) ? (long)found.GetUtcOffset(DateTimeOffset.UnixEpoch.AddSeconds(time.Bits)).TotalSeconds : null;
    }

    private static CelValue UnknownZone(string zone) => CelValue.Error($"'{zone}' is no time zone that is known here; write a name such as Europe/Berlin, or an offset such as +02:00");

    /// <summary>A date of any year: a zone may lead out of those that .NET has.</summary>
    private sealed record Civil(long Year, int Month, int Day, int DayOfWeek, int DayOfYear, long SecondOfDay)
    {
        public static Civil Of(long seconds)
        {
            long days = seconds.FloorDivide(86400, out long second);

            // The calendar repeats every 400 years.
            long cycles = (days + 719162).FloorDivide(146097, out long rest);
            DateTime date = DateTime.MinValue.AddDays(rest);
            return new Civil(date.Year + (cycles * 400), date.Month, date.Day, (int)date.DayOfWeek, date.DayOfYear - 1, second);
        }
    }
}
