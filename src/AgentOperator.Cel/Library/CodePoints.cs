namespace AgentOperator.Cel.Library;

/// <summary>Positions in strings count code points, not UTF-16 units.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        for (int i = text.IndexOfAnyInRange('\uDC00', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (i > 0 && char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>The index of the UTF-16 unit at which a code point begins; the length where there are just as many, -1 where there are fewer.</summary>
    public static int ToUnits(string text, long position)
    {
        if (position < 0 || position > text.Length)
        {
            return -1;
        }

        int unit = 0;
        for (long i = 0; i < position; i++)
        {
            if (unit >= text.Length)
            {
                return -1;
            }

            unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length && char.IsLowSurrogate(text[unit + 1]) ? 2 : 1;
        }

        return unit;
    }
}
