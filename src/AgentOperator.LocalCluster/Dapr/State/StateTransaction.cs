namespace AgentOperator.Local.Dapr.State;

/// <summary>Several writes, all or none.</summary>
internal sealed record StateTransaction
{
    public IReadOnlyList<StateOperation>? Operations { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
