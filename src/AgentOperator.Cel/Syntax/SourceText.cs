namespace AgentOperator.Cel.Syntax;

/// <summary>An expression's text, with lines and columns.</summary>
internal sealed class SourceText(string text)
{
    public string Text => text;

    public CelIssue Issue(int offset, string message)
    {
        (int line, int column) = Locate(offset);
        return new CelIssue(line, column, offset, message);
    }

    /// <summary>Line and column from 1; a column is a code point.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Clamp(offset, 0, text.Length));
        int line = before.Count('\n') + 1;
        int start = before.LastIndexOf('\n') + 1;
        int column = 1;
        for (int i = start; i < before.Length; i++)
        {
            if (!char.IsLowSurrogate(before[i]))
            {
                column++;
            }
        }

        return (line, column);
    }
}
