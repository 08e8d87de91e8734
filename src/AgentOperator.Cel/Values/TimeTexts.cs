using System.Buffers;
using System.Globalization;
using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Values;

/// <summary>Instants and spans of time from strings.</summary>
internal static class TimeTexts
{
    private static readonly SearchValues<char> Digit = SearchValues.Create("0123456789.");
    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", Times.Second), ("m", 60 * Times.Second), ("h", 3600 * Times.Second),
    ];

    /// <summary>RFC 3339.</summary>
    public static CelValue Timestamp(string text)
    {
        CelValue wrong = CelValue.Error($"'{Shorten(text)}' is no timestamp; write it as 2006-01-02T15:04:05Z");
        if (text.Length < 20 || text[10] is not ('T' or 't'))
        {
            return wrong;
        }

        int end = 19;
        int nanos = 0;
        if (text[end] == '.')
        {
            end++;
            int digits = 0;
            for (; end < text.Length && char.IsAsciiDigit(text[end]); end++, digits++)
            {
                nanos = digits < 9 ? (nanos * 10) + (text[end] - '0') : nanos;
            }

            if (digits == 0)
            {
                return wrong;
            }

            for (; digits < 9; digits++)
            {
                nanos *= 10;
            }
        }

        if (!TryOffset(text.AsSpan(end), out int offset))
        {
            return wrong;
        }

        if (Digits(text, 0, 4) is not { } year || Digits(text, 5, 2) is not { } month || Digits(text, 8, 2) is not { } day
            || Digits(text, 11, 2) is not { } hour || Digits(text, 14, 2) is not { } minute || Digits(text, 17, 2) is not { } second
            || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':'
            || month is < 1 or > 12 || hour > 23 || minute > 59 || second > 59)
        {
            return wrong;
        }

        if (year < 1)
        {
            return Times.Timestamp(long.MinValue, 0);
        }

        if (day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return wrong;
        }

        long seconds = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return Times.Timestamp(seconds - offset, nanos);
    }

    /// <summary>Numbers with units: <c>1h30m</c>, <c>-2.5s</c>.</summary>
    public static CelValue Duration(string text)
    {
        CelValue wrong = CelValue.Error($"'{Shorten(text)}' is no duration; write numbers with units h, m, s, ms, us or ns: 1h30m, 2.5s");
        ReadOnlySpan<char> rest = text.AsSpan();
        bool negative = rest.StartsWith('-');
        rest = rest.Length > 0 && rest[0] is '-' or '+' ? rest[1..] : rest;
        if (rest is "0")
        {
            return CelValue.FromDuration(0);
        }

        if (rest.IsEmpty)
        {
            return wrong;
        }

        decimal total = 0;
        while (!rest.IsEmpty)
        {
            int number = rest.IndexOfAnyExcept(Digit);
            if (number <= 0 || number > 24 || !decimal.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
            {
                return wrong;
            }

            rest = rest[number..];
            int letters = rest.IndexOfAny(Digit);
            ReadOnlySpan<char> name = letters < 0 ? rest : rest[..letters];
            long unit = 0;
            foreach ((string known, long nanoseconds) in Units)
            {
                unit = name.SequenceEqual(known) ? nanoseconds : unit;
            }

            if (unit == 0)
            {
                return wrong;
            }

            if (amount > (decimal)long.MaxValue * 2 / unit)
            {
                return Times.Duration(Int128.MaxValue);
            }

            total += amount * unit;
            if (total > (decimal)long.MaxValue + 1)
            {
                return Times.Duration(Int128.MaxValue);
            }

            rest = rest[name.Length..];
        }

        Int128 whole = (Int128)decimal.Truncate(total);
        return Times.Duration(negative ? -whole : whole);
    }

    /// <summary><c>Z</c> or <c>+02:00</c>, in seconds.</summary>
    private static bool TryOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || Digits(text, 1, 2) is not { } hours || Digits(text, 4, 2) is not { } minutes || hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static int? Digits(ReadOnlySpan<char> text, int start, int count) =>
        start + count <= text.Length && int.TryParse(text.Slice(start, count), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
