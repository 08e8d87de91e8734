using System.Text;

namespace AgentOperator.Manifests.Yaml;

/// <summary>Lines of a folded block scalar (<c>&gt;-</c>): a reader joins them with single spaces.</summary>
internal static class FoldedText
{
    /// <summary>True when there are words, and joining them with single spaces gives the text back.</summary>
    public static bool CanFold(string text) =>
        text.Contains(' ', StringComparison.Ordinal)
        && !text.Any(char.IsControl)
        && !text.Contains("  ", StringComparison.Ordinal)
        && text[0] != ' '
        && text[^1] != ' ';

    public static void Append(StringBuilder output, string text, int indent, int width)
    {
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            bool fits = column + 1 + word.Length <= width;
            if (column > 0)
            {
                output.Append(fits ? ' ' : '\n');
            }

            if (column == 0 || !fits)
            {
                output.Append(' ', indent);
                column = indent + word.Length;
            }
            else
            {
                column += 1 + word.Length;
            }

            output.Append(word);
        }

        output.Append('\n');
    }
}
