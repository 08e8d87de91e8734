using System.Text.Json.Serialization;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>A subscription as an app answers at <c>/dapr/subscribe</c>, and as the spec of a Subscription.</summary>
internal sealed record SubscribeEntry
{
    [JsonPropertyName("pubsubname")]
    public string PubSubName { get => field ?? ""; init; }

    public string Topic { get => field ?? ""; init; }

    /// <summary>The only path; of apps only.</summary>
    public string? Route { get; init; }

    public SubscribeRoutes? Routes { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string? DeadLetterTopic { get; init; }

    public BulkSubscribe? BulkSubscribe { get; init; }
}
