using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Runs;

/// <summary>Which of its kinds a step is, by the name of the field.</summary>
internal static class StepKind
{
    public const string Approval = "approval";
    public const string Workflow = "workflow";
    public const string Wait = "wait";

    public static string? Of(WorkflowStep? step) => step switch
    {
        { Container: not null } => "container",
        { Agent: not null } => "agent",
        { Prompt: not null } => "prompt",
        { Tool: not null } => "tool",
        { Consensus: not null } => "consensus",
        { Workflow: not null } => Workflow,
        { Approval: not null } => Approval,
        { Wait: not null } => Wait,
        _ => null,
    };
}
