using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Control;

/// <summary><c>rerun</c>: a new run that takes over earlier results.</summary>
internal static class RerunCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> name = WorkflowArgument.Create();
        Option<bool> failed = new("--failed") { Description = "Run again what did not succeed; the default" };
        Option<string?> from = new("--from") { Description = "Run again this step and all that needs it", HelpName = "STEP" };
        Command command = new("rerun", "Start a new run that takes over the results of the last one where their inputs are the same.") { name, failed, from };
        command.Validators.Add(result =>
        {
            if (result.GetValue(failed) && result.GetValue(from) is not null)
            {
                result.AddError("--failed and --from exclude each other: leave out one.");
            }
        });
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            Workflow workflow = await cluster.WorkflowAsync(arguments.GetValue(name)!, cancellation);
            long run = RunState.EndedRun(workflow);
            Requests requests = new(cluster, terminal, time);
            if (await requests.AskAsync(workflow, Request.Rerun(run, arguments.GetValue(from) is { } step ? $"from={step}" : "failed"), cancellation) is not null)
            {
                Workflow? started = await requests.UntilAsync(workflow.Metadata.Name!, candidate => candidate.Status?.Run > run, cancellation);
                terminal.Out.WriteLine($"workflow/{workflow.Metadata.Name}: {(started is null ? $"rerun of run {run} accepted" : $"run {started.Status!.Run} started, a rerun of run {run}")}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
