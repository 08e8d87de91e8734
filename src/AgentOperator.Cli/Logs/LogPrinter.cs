using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Logs;

/// <summary>Lines of several logs, each whole and with the name of its step before it.</summary>
internal sealed class LogPrinter(Terminal terminal, LogRequest request)
{
    // ANSI colours that can be read on light and on dark ground.
    private static readonly string[] Colours = ["36", "35", "34", "33", "32", "31"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _colours = new(StringComparer.Ordinal);

    public void Print(string step, string line)
    {
        lock (_lock)
        {
            if (request.IsJson)
            {
                JsonText.WriteLine(terminal, new LogLine(step, line));
            }
            else
            {
                terminal.Out.WriteLine(request.HasPrefix ? $"{Prefix(step)} {line}" : line);
            }

            terminal.Out.Flush();
        }
    }

    public void Warn(string step, string message)
    {
        lock (_lock)
        {
            terminal.Warn($"[{step}] {message}");
        }
    }

    private string Prefix(string step)
    {
        if (!terminal.IsRich)
        {
            return $"[{step}]";
        }

        if (!_colours.TryGetValue(step, out string? colour))
        {
            _colours[step] = colour = Colours[_colours.Count % Colours.Length];
        }

        return $"\e[{colour}m[{step}]\e[0m";
    }
}
