using System.Globalization;

namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>Numbers of one field of a schedule: a list of values, ranges and steps.</summary>
/// <param name="Name">What the field is called in messages.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Words">Names of values, the first for <paramref name="Least"/>.</param>
internal sealed record CronField(string Name, int Least, int Most, IReadOnlyList<string> Words)
{
    public static readonly CronField Minute = new("minute", 0, 59, []);
    public static readonly CronField Hour = new("hour", 0, 23, []);
    public static readonly CronField DayOfMonth = new("day of month", 1, 31, []);
    public static readonly CronField Month = new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    /// <summary>7 is Sunday as well.</summary>
    public static readonly CronField DayOfWeek = new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    /// <summary>The values of one part of the list, as bits.</summary>
    /// <exception cref="FormatException">It is none; the message says what to do.</exception>
    public ulong Read(string part)
    {
        string[] halves = part.Split('/');
        int step = halves switch
        {
            [_] => 1,
            [_, { } text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0 => given,
            _ => throw Refuse(part),
        };
        (int from, int to) = halves[0] switch
        {
            "*" or "?" => (Least, this == DayOfWeek ? Most - 1 : Most),
            { } range when range.Split('-') is [{ } first, { } last] => (Value(first, part), Value(last, part)),
            { } single when halves.Length == 2 => (Value(single, part), this == DayOfWeek ? Most - 1 : Most),
            { } single => (Value(single, part), Value(single, part)),
        };
        if (from > to)
        {
            throw new FormatException($"{Name} \"{part}\" goes backwards: write two ranges with a comma between them");
        }

        ulong bits = 0;
        for (int value = from; value <= to; value += step)
        {
            bits |= 1UL << (this == DayOfWeek ? value % 7 : value);
        }

        return bits;
    }

    /// <summary>One value, by number or name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int Value(string text, string part)
    {
        for (int i = 0; i < Words.Count; i++)
        {
            if (text.Equals(Words[i], StringComparison.OrdinalIgnoreCase))
            {
                return Least + i;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= Least && value <= Most ? value : throw Refuse(part);
    }

    public FormatException Refuse(string part) =>
        new($"{Name} \"{part}\" cannot be read: write {Least} to {Most}{(Words.Count == 0 ? "" : $", {Words[0]} to {Words[^1]}")}, a range such as {Least}-{Least + 2}, a step such as */2, or a list of those with commas");
}
