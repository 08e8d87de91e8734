namespace AgentOperator.Cli.Output;

/// <summary>One line of output. Text of others is made safe here: a status must not steer a terminal.</summary>
internal sealed class Line
{
    public Line(params IEnumerable<Span> spans) => Spans = [.. spans.Where(static span => span.Text.Length > 0).Select(static span => span with { Text = PlainText.OneLine(span.Text) })];

    public static Line Empty { get; } = new();

    public IReadOnlyList<Span> Spans { get; }

    public int Width => Spans.Sum(static span => span.Text.Length);

    public override string ToString() => string.Concat(Spans.Select(static span => span.Text)).TrimEnd();

    /// <summary>The line in so many columns at most.</summary>
    public Line Cut(int width)
    {
        if (Width <= width || width < 2)
        {
            return this;
        }

        List<Span> kept = [];
        int left = width - 1;
        foreach (Span span in Spans)
        {
            if (span.Text.Length >= left)
            {
                kept.Add(span with { Text = span.Text[..left] + "…" });
                break;
            }

            kept.Add(span);
            left -= span.Text.Length;
        }

        return new Line(kept);
    }
}
