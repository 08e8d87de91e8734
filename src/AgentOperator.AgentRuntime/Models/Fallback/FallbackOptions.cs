namespace AgentOperator.AgentRuntime.Models.Fallback;

/// <summary>How long to insist on one model before the next.</summary>
internal sealed record FallbackOptions
{
    /// <summary>Tries at one model a call, the first included.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Before the second try; doubled for each further one, with jitter.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A provider that asks for more is not waited for: the next model is asked at once.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls within <see cref="BreakerWindow"/> of which half must fail for the circuit to open.</summary>
    public int BreakerCalls { get; init; } = 6;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a model whose circuit is open is not asked.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);
}
