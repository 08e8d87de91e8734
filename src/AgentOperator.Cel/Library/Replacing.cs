using System.Text;

namespace AgentOperator.Cel.Library;

/// <summary><c>replace()</c>.</summary>
internal static class Replacing
{
    /// <summary>Replaces the first ones up to the limit; all where it is negative. An empty part is before each character and at the end.</summary>
    public static CelValue Replace(string text, string part, string by, long limit, ref CelContext context)
    {
        context.ChargeSearch(text.Length, part.Length);
        StringBuilder made = new();
        int start = 0;
        for (long done = 0; (limit < 0 || done < limit) && start <= text.Length; done++)
        {
            int found = part.Length == 0 ? start : text.IndexOf(part, start, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            made.Append(text, start, found - start).Append(by);
            start = found + part.Length;
            if (part.Length == 0 && start == text.Length)
            {
                start = text.Length + 1;
            }
            else if (part.Length == 0)
            {
                int length = Rune.GetRuneAt(text, start).Utf16SequenceLength;
                made.Append(text, start, length);
                start += length;
            }

            context.Charge(1);
            context.CheckSize(made.Length);
        }

        if (start < text.Length)
        {
            made.Append(text, start, text.Length - start);
        }

        context.ChargeMade(made.Length);
        return CelValue.From(made.ToString());
    }
}
