using System.CommandLine;
using AgentOperator.Cli.Output;

namespace AgentOperator.Cli;

/// <summary><c>version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(Terminal terminal)
    {
        OutputFormat format = new();
        Command command = new("version", "Print the version of this program.") { format.Option };
        command.SetAction(arguments =>
        {
            terminal.Out.WriteLine(format.IsJson(arguments) ? $$"""{"version":"{{VersionText.Current}}"}""" : $"kubectl-agents {VersionText.Current}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
