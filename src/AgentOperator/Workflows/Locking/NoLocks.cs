namespace AgentOperator.Workflows.Locking;

/// <summary>A namespace where every lock is free.</summary>
internal sealed class NoLocks : ILocks
{
    public static readonly NoLocks Instance = new();

    public LockAnswer Look(string ns, LockRequest request) => new(true, null);
}
