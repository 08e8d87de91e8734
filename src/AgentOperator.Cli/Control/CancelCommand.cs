using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Control;

/// <summary><c>cancel</c>: stops the run that is under way.</summary>
internal static class CancelCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> name = WorkflowArgument.Create();
        Option<bool> immediate = new("--immediate") { Description = "Run neither compensations nor finally" };
        Command command = new("cancel", "Stop the run that is under way: its attempts are stopped, then compensations and finally run.") { name, immediate };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            Workflow workflow = await cluster.WorkflowAsync(arguments.GetValue(name)!, cancellation);
            long run = RunState.RunUnderWay(workflow);
            string mode = arguments.GetValue(immediate) ? CancelModes.Immediate : CancelModes.Graceful;
            await new Requests(cluster, terminal, time).AskAsync(workflow, Request.Cancel(run, mode), cancellation);
            terminal.Out.WriteLine($"workflow/{workflow.Metadata.Name}: cancel of run {run} requested ({mode})");
            return ExitCodes.Ok;
        });
        return command;
    }
}
