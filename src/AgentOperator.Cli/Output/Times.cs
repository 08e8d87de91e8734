using System.Globalization;

namespace AgentOperator.Cli.Output;

/// <summary>Times as people read them.</summary>
internal static class Times
{
    /// <summary>The two largest units, as kubectl writes ages: <c>45s</c>, <c>2m13s</c>, <c>3h5m</c>, <c>2d4h</c>.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "0s",
        { TotalSeconds: < 10 } => $"{Math.Floor(time.TotalSeconds * 10) / 10:0.#}s",
        { TotalMinutes: < 1 } => $"{time.Seconds}s",
        { TotalHours: < 1 } => Two(time.Minutes, "m", time.Seconds, "s"),
        { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "m"),
        _ => Two((int)time.TotalDays, "d", time.Hours, "h"),
    };

    /// <summary>A moment with how far it is from now: <c>2026-03-01 14:03:05Z, in 2m13s</c>.</summary>
    public static string Moment(DateTimeOffset moment, DateTimeOffset? now) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) + (now switch
    {
        null => "",
        { } from when moment >= from => $", in {Span(moment - from)}",
        { } from => $", {Span(from - moment)} ago",
    });

    private static string Two(int large, string largeUnit, int small, string smallUnit) => small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
