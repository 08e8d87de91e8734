using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Locking;

/// <summary>A lock that a Workflow wants or holds, and as whom.</summary>
internal sealed record LockClaim(LockId Id, string Holder, int Priority)
{
    public LockEntry EntryOf(Workflow workflow) => new(Holder, workflow.Metadata.Namespace!, workflow.Metadata.Name!, Priority);
}
