namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>What an app says of several messages.</summary>
internal sealed record BulkVerdict
{
    public IReadOnlyList<BulkVerdictEntry>? Statuses { get; init; }
}
