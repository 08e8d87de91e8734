using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>metav1.Duration: Go's text form, <c>1h30m</c>, <c>1.5s</c>, <c>300ms</c>. Kept as written; parsed on use.</summary>
[JsonConverter(typeof(DurationJsonConverter))]
public readonly record struct Duration(string Text)
{
    /// <summary>RE2 pattern of the durations that schemas accept: positive, at most milliseconds fine, small enough for a TimeSpan.</summary>
    public const string Pattern = @"^([0-9]{1,6}(\.[0-9]{1,3})?(ms|s|m|h))+$";

    /// <summary>Most characters that schemas accept.</summary>
    public const int MaxLength = 32;

    private const long LongestTicks = long.MaxValue / 2;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Parses the text.</summary>
    /// <exception cref="FormatException">The text is not a duration in Go's form.</exception>
    public TimeSpan ToTimeSpan()
    {
        ReadOnlySpan<char> rest = Text;
        decimal ticks = 0;
        do
        {
            int number = rest.IndexOfAnyExcept(Digits);
            if (number <= 0 || !decimal.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            {
                throw Malformed();
            }

            rest = rest[number..];
            int end = rest.IndexOfAny(Digits);
            ReadOnlySpan<char> name = end < 0 ? rest : rest[..end];
            long unit = name switch
            {
                "ms" => TimeSpan.TicksPerMillisecond,
                "s" => TimeSpan.TicksPerSecond,
                "m" => TimeSpan.TicksPerMinute,
                "h" => TimeSpan.TicksPerHour,
                _ => throw Malformed(),
            };
            ticks += value <= LongestTicks / unit ? value * unit : throw Malformed();
            rest = rest[name.Length..];
        }
        while (rest.Length > 0);

        return ticks <= LongestTicks ? TimeSpan.FromTicks((long)ticks) : throw Malformed();
    }

    public override string ToString() => Text;

    private FormatException Malformed() => new($"\"{Text}\" is not a duration: write it as 90s, 10m or 1h30m.");
}
