namespace AgentOperator.Cli.Output;

/// <summary>Rows in columns, as kubectl prints them.</summary>
internal static class TextTable
{
    private const int Gap = 3;

    public static IEnumerable<Line> Lines(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Span>> rows)
    {
        int[] widths = [.. heads.Select((head, column) => rows.Select(row => row[column].Text.Length).Append(head.Length).Max())];
        yield return Of([.. heads.Select(static head => new Span(head, Tone.Strong))], widths);
        foreach (IReadOnlyList<Span> row in rows)
        {
            yield return Of(row, widths);
        }
    }

    private static Line Of(IReadOnlyList<Span> cells, int[] widths) =>
        new(cells.Select((cell, column) => column == cells.Count - 1 ? cell : cell with { Text = cell.Text.PadRight(widths[column] + Gap) }));
}
