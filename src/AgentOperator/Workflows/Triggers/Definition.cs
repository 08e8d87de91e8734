using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Triggers;

/// <summary>Which Workflows do not run themselves.</summary>
internal static class Definition
{
    /// <summary>True for one with triggers, and for one that is not to run when it is applied.</summary>
    public static bool Is(WorkflowSpec spec) => spec.Triggers is { Count: > 0 } || spec.RunOnApply == false;

    /// <summary>True while a run that began before it became a definition goes on.</summary>
    public static bool HasOwnRun(Workflow workflow) => workflow.Status is { Run: not null, Steps: not null } status && !WorkflowPhases.IsFinal(status.Phase);
}
