namespace AgentOperator.Local.Dapr.State;

/// <summary>Several keys to read.</summary>
internal sealed record StateBulkGet
{
    public IReadOnlyList<string>? Keys { get; init; }
}
