namespace AgentOperator.Controllers.LeaderElection;

/// <summary>Gets this process the right to work, and keeps it.</summary>
public interface IElector
{
    /// <summary>Name of the part in <c>/readyz</c>.</summary>
    string Part { get; }

    /// <summary>Why the right could not be asked for or renewed at the last try; null when it could.</summary>
    string? Problem { get; }

    /// <summary>Completes when this process may begin.</summary>
    Task AcquireAsync(CancellationToken cancellation);

    /// <summary>Keeps the right until cancelled.</summary>
    /// <exception cref="LeaderLostException">It is lost: the process must end.</exception>
    Task HoldAsync(CancellationToken cancellation);

    /// <summary>Gives the right up, so that others need not wait. Call it when nothing writes any more.</summary>
    Task ReleaseAsync(CancellationToken cancellation);
}
