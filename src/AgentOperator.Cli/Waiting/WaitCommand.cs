using System.CommandLine;
using System.CommandLine.Parsing;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Control;
using AgentOperator.Cli.Following;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Waiting;

/// <summary><c>wait</c>: for scripts; the exit code is the answer.</summary>
internal static class WaitCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> name = WorkflowArgument.Create();
        Option<WaitCondition> condition = new("--for")
        {
            Description = "succeeded (default), end, gate (people have to approve), phase=PHASE, or step=NAME (it succeeded or was skipped)",
            HelpName = "CONDITION",
            CustomParser = ParseCondition,
            DefaultValueFactory = static _ => WaitCondition.Parse(WaitCondition.Default)!,
        };
        Option<TimeSpan?> timeout = new("--timeout") { Description = "Longest wait, such as 90s or 1h30m. Default: for ever", HelpName = "DURATION", CustomParser = Durations.Parse };
        OutputFormat format = new();
        Command command = new("wait", "Wait for a run. Exit code 0: it has come; 1: it cannot come any more, such as when the run failed; 124: not in time; 3: the cluster could not be asked.") { name, condition, timeout, format.Option };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            string workflow = arguments.GetValue(name)!;
            WaitCondition wanted = arguments.GetValue(condition)!;
            await cluster.WorkflowAsync(workflow, cancellation);
            using CancellationTokenSource patience = new(arguments.GetValue(timeout) ?? Timeout.InfiniteTimeSpan, time);
            using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            WorkflowFamily? last = null;
            try
            {
                await foreach (WorkflowFamily family in new RunFollower(cluster, terminal, time).FollowAsync(workflow, linked.Token))
                {
                    last = family;
                    if (wanted.Holds(last.Root) is { } answer)
                    {
                        return Answer(last, answer, terminal, format.IsJson(arguments));
                    }
                }
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
            }

            terminal.Warn($"kubectl-agents: {wanted.Text} of {workflow} has not come within {Times.Span(arguments.GetValue(timeout)!.Value)}: {Describe(last?.Root)}");
            if (format.IsJson(arguments) && last is not null)
            {
                JsonText.Write(terminal, RunViewReader.Read(last));
            }

            return ExitCodes.TimedOut;
        });
        return command;
    }

    private static int Answer(WorkflowFamily family, bool answer, Terminal terminal, bool isJson)
    {
        string text = $"workflow/{family.Root.Metadata.Name}: {Describe(family.Root)}";
        if (isJson)
        {
            JsonText.Write(terminal, RunViewReader.Read(family));
        }
        else if (answer)
        {
            terminal.Out.WriteLine(PlainText.OneLine(text));
        }

        if (!answer)
        {
            terminal.Warn(text);
        }

        return answer ? ExitCodes.Ok : ExitCodes.No;
    }

    private static string Describe(Workflow? workflow) => workflow?.Status switch
    {
        null => "the operator has not taken it up yet; is it running?",
        { } status => $"{(status.Run is { } run ? $"run {run} " : "")}{status.Phase}{(status.Message is { Length: > 0 } message ? $": {message}" : "")}{(status.Waiting is { } waiting ? $" ({waiting})" : "")}",
    };

    private static WaitCondition? ParseCondition(ArgumentResult result)
    {
        WaitCondition? condition = WaitCondition.Parse(result.Tokens[0].Value);
        if (condition is null)
        {
            result.AddError($"--for takes succeeded, end, gate, phase=PHASE or step=NAME, not \"{result.Tokens[0].Value}\".");
        }

        return condition;
    }
}
