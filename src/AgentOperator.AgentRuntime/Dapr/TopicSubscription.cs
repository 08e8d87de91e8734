using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>An entry of the answer at <c>GET /dapr/subscribe</c>: either <see cref="Route"/> or <see cref="Routes"/>.</summary>
internal sealed record TopicSubscription
{
    /// <summary>Path at which the sidecar asks.</summary>
    public const string Path = "/dapr/subscribe";

    [JsonPropertyName("pubsubname")]
    public required string PubSubName { get; init; }

    public required string Topic { get; init; }

    /// <summary>Path that every message is posted to.</summary>
    public string? Route { get; init; }

    public TopicRoutes? Routes { get; init; }

    /// <summary>Where messages go that are dropped, or fail for good.</summary>
    public string? DeadLetterTopic { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
