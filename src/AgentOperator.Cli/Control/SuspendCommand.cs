using System.CommandLine;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Cli.Control;

/// <summary><c>suspend</c>: no attempt starts any more.</summary>
internal static class SuspendCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal)
    {
        Argument<string> name = WorkflowArgument.Create();
        Command command = new("suspend", "Start no further attempts (spec.suspend: true); those under way go on to their end.") { name };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            string workflow = arguments.GetValue(name)!;
            await cluster.WorkflowAsync(workflow, cancellation);
            await cluster.Workflows.PatchAsync(workflow, Patch.Merge("""{"spec":{"suspend":true}}"""u8), cancellation);
            terminal.Out.WriteLine($"workflow/{workflow}: suspended");
            return ExitCodes.Ok;
        });
        return command;
    }
}
