using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>A subscription that is followed.</summary>
internal sealed record DaprMetadataSubscription
{
    [JsonPropertyName("pubsubname")]
    public string PubSubName { get => field ?? ""; init; }

    public string Topic { get => field ?? ""; init; }

    public string? DeadLetterTopic { get; init; }
}
