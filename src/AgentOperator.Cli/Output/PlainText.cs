using System.Buffers;

namespace AgentOperator.Cli.Output;

/// <summary>Text of others on its way to a terminal.</summary>
internal static class PlainText
{
    /// <summary>Control characters, and those that turn the direction of writing: with them a line shows something else than it says.</summary>
    private static readonly SearchValues<char> Steering = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(static code => (char)code).Where(char.IsControl), '\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']);

    /// <summary>In one line, without characters that steer a terminal.</summary>
    public static string OneLine(string text) => text.AsSpan().IndexOfAny(Steering) < 0
        ? text
        : string.Create(text.Length, text, static (clean, dirty) =>
        {
            for (int i = 0; i < clean.Length; i++)
            {
                clean[i] = Steering.Contains(dirty[i]) ? ' ' : dirty[i];
            }
        });

    /// <summary>At most so many characters.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
