using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Runs;

/// <summary>A step as it is written and as it stands; one of the two may be missing.</summary>
internal readonly record struct RunStep(WorkflowStep? Step, StepStatus? Status)
{
    public string Name => Status?.Name ?? Step!.Name;
}
