namespace AgentOperator.Cli.Output;

/// <summary>Text of others on its way to a terminal.</summary>
internal static class PlainText
{
    /// <summary>In one line, without control characters.</summary>
    public static string OneLine(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && text.AsSpan().IndexOfAnyInRange('\x7f', '\x9f') < 0
        ? text
        : string.Create(text.Length, text, static (clean, dirty) =>
        {
            for (int i = 0; i < clean.Length; i++)
            {
                clean[i] = char.IsControl(dirty[i]) ? ' ' : dirty[i];
            }
        });

    /// <summary>At most so many characters.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
