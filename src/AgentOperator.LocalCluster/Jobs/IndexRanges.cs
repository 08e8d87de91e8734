using System.Globalization;
using System.Text;

namespace AgentOperator.Local.Jobs;

/// <summary>Sets of indexes as text, <c>1,3-5,7</c>.</summary>
internal static class IndexRanges
{
    /// <summary>Null when there are none. A range has three or more; two neighbours are written one by one.</summary>
    public static string? Text(IEnumerable<int> sorted)
    {
        StringBuilder text = new();
        int? first = null;
        int last = 0;
        foreach (int index in sorted)
        {
            if (first is not null && index == last + 1)
            {
                last = index;
                continue;
            }

            Append(text, first, last);
            first = last = index;
        }

        Append(text, first, last);
        return text.Length == 0 ? null : text.ToString();
    }

    public static IEnumerable<int> Parse(string text)
    {
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            int from = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int to = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int index = from; index <= to; index++)
            {
                yield return index;
            }
        }
    }

    private static void Append(StringBuilder text, int? first, int last)
    {
        if (first is not { } start)
        {
            return;
        }

        string separator = text.Length > 0 ? "," : "";
        string range = start == last ? $"{start}" : last == start + 1 ? $"{start},{last}" : $"{start}-{last}";
        text.Append(separator).Append(range);
    }
}
