namespace AgentOperator.Local.Node;

/// <summary>Tells waiters that something has changed. Take <see cref="Next"/> before looking, so that no change is missed.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a change, at most so long.</summary>
    public static Task WaitAsync(Task next, TimeSpan longest, TimeProvider time, CancellationToken cancellation) =>
        Task.WhenAny(next, Task.Delay(longest, time, cancellation)).Unwrap();
}
