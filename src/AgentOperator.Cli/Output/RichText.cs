using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentOperator.Cli.Output;

/// <summary>Lines with colours.</summary>
internal static class RichText
{
    public static void Write(Terminal terminal, IEnumerable<Line> lines) => ConsoleOf(terminal).Write(Of(lines, terminal.Width()));

    public static IRenderable Of(IEnumerable<Line> lines, int width)
    {
        Paragraph text = new() { Overflow = Overflow.Crop };
        foreach (Line line in lines)
        {
            foreach (Span span in line.Cut(width).Spans)
            {
                text.Append(span.Text, StyleOf(span.Tone));
            }

            text.Append("\n");
        }

        return text;
    }

    public static IAnsiConsole ConsoleOf(Terminal terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard });

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Dim => new Style(decoration: Decoration.Dim),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Busy => new Style(Color.Blue),
        Tone.Held => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
