namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Paths by condition.</summary>
internal sealed record SubscribeRoutes
{
    public IReadOnlyList<SubscribeRule>? Rules { get; init; }

    public string? Default { get; init; }
}
