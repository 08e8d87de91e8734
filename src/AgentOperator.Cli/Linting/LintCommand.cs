using System.CommandLine;
using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Linting;

/// <summary><c>lint</c>: errors of files, without a cluster.</summary>
internal static class LintCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = new("FILE") { Description = "YAML or JSON files, folders with them, or - for the standard input", Arity = ArgumentArity.OneOrMore };
        Option<string> format = new("--output", "-o") { Description = "text, json, or github (annotations of GitHub Actions)", HelpName = "FORMAT", DefaultValueFactory = static _ => LintFormats.Text };
        format.AcceptOnlyFromAmong(LintFormats.Text, LintFormats.Json, LintFormats.GitHub);
        Command command = new("lint", "Check files without a cluster: what the API server and the operator would refuse, with line, column and remedy. Exit code 1 when there are errors.") { files, format };
        command.SetAction(arguments =>
        {
            LintReport report = new FileLint(terminal.In).Run(arguments.GetValue(files)!);
            LintFormats.Write(terminal, report, arguments.GetValue(format)!);
            if (report.Objects == 0 && report.Findings.Count == 0)
            {
                throw new CliException($"there is no object of {Api.ApiGroup.Name} in {string.Join(", ", arguments.GetValue(files)!)}: nothing was checked");
            }

            terminal.Warn(LintFormats.Summary(report));
            return report.Errors == 0 ? ExitCodes.Ok : ExitCodes.No;
        });
        return command;
    }
}
