using System.Globalization;
using System.Text;

namespace AgentOperator.Controllers.Sharding;

/// <summary>Slots as a person reads them: <c>0-84,200</c>.</summary>
internal static class SlotRanges
{
    public static string Format(IEnumerable<int> slots)
    {
        StringBuilder text = new();
        int first = -1;
        int last = -1;
        foreach (int slot in slots.Order())
        {
            if (slot != last + 1 || first < 0)
            {
                Append(text, first, last);
                first = slot;
            }

            last = slot;
        }

        Append(text, first, last);
        return text.ToString();
    }

    /// <exception cref="FormatException">The text is no list of slots.</exception>
    public static IEnumerable<int> Parse(string text)
    {
        foreach (string range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int first = Slot(ends[0], text);
            int last = ends.Length > 1 ? Slot(ends[1], text) : first;
            for (int slot = first; slot <= last; slot++)
            {
                yield return slot;
            }
        }
    }

    private static int Slot(string text, string whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int slot) && slot < Slots.Count ? slot : throw new FormatException($"\"{whole}\" is no list of slots below {Slots.Count}.");

    private static void Append(StringBuilder text, int first, int last)
    {
        if (first < 0)
        {
            return;
        }

        text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
        if (last > first)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }
    }
}
