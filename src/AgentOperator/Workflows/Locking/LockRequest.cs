using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Locking;

/// <summary>A lock that a run or step wants or holds.</summary>
/// <param name="Holder">Who: the same text after every crash.</param>
/// <param name="Mutex">Name of a mutex; null for a semaphore.</param>
/// <param name="Semaphore">Where the limit of a semaphore is; null for a mutex.</param>
/// <param name="Priority">Who goes first: the higher one.</param>
internal sealed record LockRequest(string Holder, string? Mutex, SemaphoreReference? Semaphore, int Priority)
{
    /// <summary>The lock, in the namespace of the Workflow that asks.</summary>
    public LockId Id(string ns) => Mutex is { } mutex ? new LockId(ns, LockId.Mutex, mutex) : new LockId(ns, LockId.Semaphore, $"{Semaphore!.ConfigMap}/{Semaphore.Key}");
}
