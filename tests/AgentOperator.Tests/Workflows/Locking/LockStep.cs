namespace AgentOperator.Tests.Workflows.Locking;

/// <summary>One event in the life of a lock.</summary>
internal abstract record LockStep
{
    internal sealed record Ask(int Who, int Priority) : LockStep;

    internal sealed record Release(int Who) : LockStep;

    internal sealed record Limit(int Most) : LockStep;

    /// <summary>A write that was computed one event ago.</summary>
    internal sealed record LateWrite(int Who) : LockStep;
}
