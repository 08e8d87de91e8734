namespace AgentOperator.Workflows.Locking;

/// <summary>Locks of the namespace as they stood when the decision began.</summary>
internal interface ILocks
{
    LockAnswer Look(string ns, LockRequest request);
}
