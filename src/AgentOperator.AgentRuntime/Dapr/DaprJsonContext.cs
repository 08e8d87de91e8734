using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>Shapes of Dapr's HTTP API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StateSaveItem[]))]
[JsonSerializable(typeof(DaprErrorBody))]
[JsonSerializable(typeof(DaprMetadata))]
[JsonSerializable(typeof(CloudEventBody))]
[JsonSerializable(typeof(TopicSubscription[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DaprJsonContext : JsonSerializerContext;
