namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Whether messages come together.</summary>
internal sealed record BulkSubscribe
{
    public bool Enabled { get; init; }

    /// <summary>100 when absent.</summary>
    public int? MaxMessagesCount { get; init; }

    /// <summary>1000 when absent.</summary>
    public int? MaxAwaitDurationMs { get; init; }
}
