namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>What an app says of one of several messages.</summary>
internal sealed record BulkVerdictEntry
{
    public string? EntryId { get; init; }

    public string? Status { get; init; }
}
