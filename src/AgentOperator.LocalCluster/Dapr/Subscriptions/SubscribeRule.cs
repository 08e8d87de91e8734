namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>A path and when it is taken.</summary>
internal sealed record SubscribeRule
{
    /// <summary>Empty: always.</summary>
    public string? Match { get; init; }

    public string? Path { get; init; }
}
