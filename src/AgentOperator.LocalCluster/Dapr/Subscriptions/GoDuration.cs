using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Durations as Go writes them, <c>1m30s</c>; a bare number is milliseconds here, as Dapr reads it.</summary>
internal static partial class GoDuration
{
    /// <summary>Null for null and for what is no duration.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double bare))
        {
            return TimeSpan.FromMilliseconds(bare);
        }

        MatchCollection parts = Part().Matches(text);
        return parts.Sum(static part => part.Length) != text.Length ? null : parts.Aggregate(TimeSpan.Zero, static (sum, part) => sum + Of(part));
    }

    private static TimeSpan Of(Match part)
    {
        double number = double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture);
        return part.Groups["unit"].Value switch
        {
            "h" => TimeSpan.FromHours(number),
            "m" => TimeSpan.FromMinutes(number),
            "s" => TimeSpan.FromSeconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            "us" => TimeSpan.FromMicroseconds(number),
            _ => TimeSpan.FromMicroseconds(number / 1000),
        };
    }

    [GeneratedRegex(@"(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|us|ns|h|m|s)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
