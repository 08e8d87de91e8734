using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Workflows.Permits;

/// <summary>The room that one decision takes. Disposed without a commit it gives back what was taken: the decision did not come to be.</summary>
internal interface IPermitSession : IPermits, IDisposable
{
    /// <summary>The locks by which room is shared with other replicas, for the status that was decided.</summary>
    IReadOnlyList<LockClaim> Claims(WorkflowStatus status);

    /// <summary>The decision's status is written: what it shows under way has its room, and nothing else.</summary>
    void Commit(WorkflowStatus status);
}
