using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Workflows.Permits;

/// <summary>Without limits.</summary>
internal sealed class NoPermitBook : IPermitBook
{
    public IPermitSession Begin(Workflow workflow) => Session.Instance;

    private sealed class Session : IPermitSession
    {
        public static readonly Session Instance = new();

        public string? Take(PermitRequest request) => null;

        public IReadOnlyList<LockClaim> Claims(WorkflowStatus status) => [];

        public void Commit(WorkflowStatus status)
        {
        }

        public void Dispose()
        {
        }
    }
}
