namespace AgentOperator.Controllers.LeaderElection;

/// <summary>Who competes, and how patiently. client-go's figures and rules.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>This candidate; must differ for every start of every process.</summary>
    public required string Identity { get; init; }

    /// <summary>How long a holder that says nothing is respected.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the holder tries to renew before it gives up.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with the times; null when a renewal fits before the lease ends.</summary>
    public string? Problem() =>
        LeaseDuration < TimeSpan.FromSeconds(1) ? $"a lease lasts at least 1 s, not {LeaseDuration.TotalSeconds} s"
        : RetryPeriod <= TimeSpan.Zero || RenewDeadline <= RetryPeriod * LeaderElector.Jitter || LeaseDuration <= RenewDeadline
            ? $"the lease ({LeaseDuration.TotalSeconds} s) must be longer than the renew deadline ({RenewDeadline.TotalSeconds} s), and that longer than {LeaderElector.Jitter} times the retry period ({RetryPeriod.TotalSeconds} s)"
            : null;
}
