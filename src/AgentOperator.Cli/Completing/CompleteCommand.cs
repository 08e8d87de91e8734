using System.CommandLine;
using System.CommandLine.Completions;
using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Completing;

/// <summary><c>__complete</c>: what may come next, in the form that kubectl asks its plugins for (an executable <c>kubectl_complete-agents</c> that calls this).</summary>
internal static class CompleteCommand
{
    // Cobra's directive: no file names beside these.
    private const string NoFiles = ":4";

    public static Command Create(RootCommand root, Terminal terminal)
    {
        Argument<string[]> words = new("words") { Arity = ArgumentArity.ZeroOrMore };
        Command command = new("__complete", "Say what may come next.") { words };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(arguments =>
        {
            string[] given = arguments.GetValue(words) ?? [];
            string begun = given.LastOrDefault() ?? "";
            ParseResult parsed = root.Parse([.. given.SkipLast(1), .. begun.Length > 0 ? (string[])[begun] : []]);
            foreach (CompletionItem item in parsed.GetCompletions().Where(item => item.Label.StartsWith(begun, StringComparison.Ordinal)))
            {
                terminal.Out.WriteLine(item.Detail is { Length: > 0 } detail ? $"{item.Label}\t{PlainText.OneLine(detail)}" : item.Label);
            }

            terminal.Out.WriteLine(NoFiles);
            return ExitCodes.Ok;
        });
        return command;
    }
}
