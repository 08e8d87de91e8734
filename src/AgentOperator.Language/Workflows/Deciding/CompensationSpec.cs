using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What undoes a step, as a step of its own.</summary>
internal static class CompensationSpec
{
    public static WorkflowStep Of(RunSpec spec, string name) => Of(spec.Steps.First(step => step.Name == name));

    public static WorkflowStep Of(WorkflowStep step) => new()
    {
        Name = step.Name,
        Container = step.Compensate!.Container,
        Agent = step.Compensate.Agent,
        Tool = step.Compensate.Tool,
        Timeout = step.Compensate.Timeout,
        Retry = step.Compensate.Retry,

        // An undo that may have been done is done again: the alternative is to leave it in doubt.
        Idempotent = true,
    };
}
