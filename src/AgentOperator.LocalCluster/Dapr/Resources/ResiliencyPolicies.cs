namespace AgentOperator.Local.Dapr.Resources;

/// <summary>Named retries and timeouts.</summary>
internal sealed record ResiliencyPolicies
{
    public IReadOnlyDictionary<string, RetrySpec> Retries { get => field ?? new Dictionary<string, RetrySpec>(StringComparer.Ordinal); init; }

    public IReadOnlyDictionary<string, string> Timeouts { get => field ?? new Dictionary<string, string>(StringComparer.Ordinal); init; }
}
