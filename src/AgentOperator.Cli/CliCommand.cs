using System.CommandLine;
using System.CommandLine.Parsing;
using AgentOperator.Cli.Approvals;
using AgentOperator.Cli.Completing;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Control;
using AgentOperator.Cli.Graphs;
using AgentOperator.Cli.Linting;
using AgentOperator.Cli.Logs;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Tree;
using AgentOperator.Cli.Waiting;

namespace AgentOperator.Cli;

/// <summary>The command line.</summary>
internal sealed class CliCommand(Terminal terminal, TimeProvider time)
{
    private const string Program = "kubectl-agents";

    public RootCommand Create()
    {
        ClusterOptions cluster = new(terminal, time);
        RootCommand root = new("Runs of Workflows: what they do, why they wait, what they print; and what people ask of them.")
        {
            TreeCommand.Create(cluster, terminal, time),
            LogsCommand.Create(cluster, terminal, time),
            WaitCommand.Create(cluster, terminal, time),
            ApprovalsCommand.Create(cluster, terminal, time),
            DecideCommand.Approve(cluster, terminal, time),
            DecideCommand.Reject(cluster, terminal, time),
            RerunCommand.Create(cluster, terminal, time),
            CancelCommand.Create(cluster, terminal, time),
            SuspendCommand.Create(cluster, terminal),
            ResumeCommand.Create(cluster, terminal, time),
            LintCommand.Create(terminal),
            GraphCommand.Create(cluster, terminal),
            VersionCommand.Create(terminal),
        };
        foreach (Option option in cluster.Options)
        {
            root.Options.Add(option);
        }

        root.Subcommands.Add(CompleteCommand.Create(root, terminal));
        return root;
    }

    /// <summary>Runs a command line; every failure is one line and an exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors is [ParseError first, ..])
        {
            terminal.Warn($"{Program}: {first.Message.TrimEnd('.')} ({Program} {string.Concat(Names(parsed.CommandResult.Command))}--help)");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false }, cancellation);
        }
        catch (CliException error)
        {
            terminal.Warn($"{Program}: {error.Message}");
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error) when (Failures.Explain(error) is { } explained)
        {
            terminal.Warn($"{Program}: {explained}");
            return ExitCodes.Failed;
        }
    }

    private static IEnumerable<string> Names(Command command) => command is RootCommand ? [] : [command.Name, " "];
}
