using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Telling;

/// <summary>Tells people what happened to a workflow. What cannot be told is lost: status is the record.</summary>
internal interface IRunTeller
{
    void Tell(Workflow workflow, IReadOnlyList<RunNews> news);
}
