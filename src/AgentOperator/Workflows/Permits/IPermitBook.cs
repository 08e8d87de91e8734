using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Permits;

/// <summary>Room for attempts beyond what one Workflow sets itself.</summary>
internal interface IPermitBook
{
    /// <summary>Begins a decision; only one at a time for a Workflow.</summary>
    IPermitSession Begin(Workflow workflow);
}
