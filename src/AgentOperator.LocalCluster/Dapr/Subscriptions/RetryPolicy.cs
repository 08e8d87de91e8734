using AgentOperator.Local.Dapr.Resources;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>How deliveries of a Component are repeated, by a Resiliency's inbound policies.</summary>
/// <param name="IsExponential">Waits grow by half each time, from half a second.</param>
/// <param name="Wait">Between attempts; the longest when they grow.</param>
/// <param name="MaxRetries">Negative: forever.</param>
/// <param name="Timeout">Of one attempt; null for none.</param>
internal sealed record RetryPolicy(bool IsExponential, TimeSpan Wait, int MaxRetries, TimeSpan? Timeout)
{
    private const double FirstWait = 0.5;
    private const double Growth = 1.5;

    /// <summary>One attempt.</summary>
    public static RetryPolicy None { get; } = new(false, TimeSpan.Zero, 0, null);

    public static RetryPolicy Of(IEnumerable<DaprResiliency> resiliencies, string appId, string component)
    {
        foreach (DaprResiliency resiliency in resiliencies.Where(one => one.Scopes is not { Count: > 0 } scopes || scopes.Contains(appId, StringComparer.Ordinal)).OrderBy(static one => one.Metadata.Name, StringComparer.Ordinal))
        {
            if (resiliency.Spec.Targets.Components.TryGetValue(component, out ComponentTarget? target) && target.Inbound is { } inbound)
            {
                RetrySpec? retry = inbound.Retry is { } name ? resiliency.Spec.Policies.Retries.GetValueOrDefault(name) : null;
                TimeSpan? timeout = inbound.Timeout is { } named && resiliency.Spec.Policies.Timeouts.TryGetValue(named, out string? text) ? GoDuration.Parse(text) : null;
                bool isExponential = string.Equals(retry?.Policy, "exponential", StringComparison.OrdinalIgnoreCase);
                return retry is null
                    ? None with { Timeout = timeout }
                    : new RetryPolicy(isExponential, (isExponential ? GoDuration.Parse(retry.MaxInterval) : GoDuration.Parse(retry.Duration)) ?? TimeSpan.FromSeconds(isExponential ? 60 : 5), retry.MaxRetries ?? -1, timeout);
            }
        }

        return None;
    }

    /// <summary>Before the next attempt; null when there is none.</summary>
    /// <param name="attempts">How many there have been.</param>
    public TimeSpan? WaitAfter(int attempts)
    {
        if (MaxRetries >= 0 && attempts > MaxRetries)
        {
            return null;
        }

        TimeSpan grown = TimeSpan.FromSeconds(Math.Min(FirstWait * Math.Pow(Growth, Math.Min(attempts - 1, 50)), 86400));
        return !IsExponential || grown > Wait ? Wait : grown;
    }
}
