using System.CommandLine;

namespace AgentOperator.Cli.Control;

/// <summary>The Workflow that a command is about.</summary>
internal static class WorkflowArgument
{
    public static Argument<string> Create() => new("WORKFLOW") { Description = "Name of the Workflow" };
}
