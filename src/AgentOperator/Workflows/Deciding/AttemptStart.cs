using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>An attempt whose Job is to be created.</summary>
internal sealed record AttemptStart(WorkflowStep Step, int Attempt, string Job);
