using System.CommandLine;
using AgentOperator.Api.Approvals;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Control;
using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Approvals;

/// <summary><c>approve</c> and <c>reject</c>.</summary>
internal static class DecideCommand
{
    private const int MaxComment = 1024;

    public static Command Approve(ClusterOptions connection, Terminal terminal, TimeProvider time) =>
        Create("approve", "Show what a gate decides on, and approve it in your own name.", ApprovalDecisions.Approve, connection, terminal, time);

    public static Command Reject(ClusterOptions connection, Terminal terminal, TimeProvider time) =>
        Create("reject", "Show what a gate decides on, and reject it in your own name: one reject ends the gate.", ApprovalDecisions.Reject, connection, terminal, time);

    private static Command Create(string name, string description, string decision, ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> workflow = WorkflowArgument.Create();
        Argument<string?> gate = new("GATE") { Description = "Name of the approval step; may be left out when one is open", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> comment = new("--comment") { Description = "Why, in your own words; it goes on record", HelpName = "TEXT" };
        comment.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>()?.Length > MaxComment)
            {
                result.AddError($"--comment has at most {MaxComment} characters.");
            }
        });
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask; needed where nobody can be asked" };
        Command command = new(name, description) { workflow, gate, comment, yes };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            return await new Decision(cluster, terminal, time, decision).RunAsync(arguments.GetValue(workflow)!, arguments.GetValue(gate), arguments.GetValue(comment), arguments.GetValue(yes), cancellation);
        });
        return command;
    }
}
