using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>An attempt whose Job is to be created.</summary>
internal sealed record AttemptStart(WorkflowStep Step, int Attempt, string Job)
{
    /// <summary>The one item that the Job is about; null where it is about the whole step.</summary>
    public int? Item { get; init; }
}
