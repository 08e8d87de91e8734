namespace AgentOperator.Cli.Output;

/// <summary>Where a command reads and writes, and what is there to read it.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 120;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True where colours, lines and a screen that changes are wanted: not in a pipe, not with NO_COLOR.</summary>
    public bool IsRich { get; init; }

    /// <summary>True when a person is there to answer.</summary>
    public bool CanAsk { get; init; }

    public Func<int> Width { get; init; } = static () => DefaultWidth;

    public Func<int> Height { get; init; } = static () => 40;

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsRich = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 } && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or ""),
        CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        Width = static () => Size(Console.WindowWidth, DefaultWidth),
        Height = static () => Size(Console.WindowHeight, 40),
    };

    /// <summary>Writes lines: with colours and cut to the screen's width, or as plain text.</summary>
    public void Write(IEnumerable<Line> lines)
    {
        if (IsRich)
        {
            RichText.Write(this, lines);
            return;
        }

        foreach (Line line in lines)
        {
            Out.WriteLine(line.ToString());
        }
    }

    /// <summary>One line to the error stream.</summary>
    public void Warn(string message) => Error.WriteLine(PlainText.OneLine(message));

    // A terminal that does not know its size says 0.
    private static int Size(int told, int otherwise) => told > 0 ? told : otherwise;
}
