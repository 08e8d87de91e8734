using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Garbage;

namespace AgentOperator.Local;

/// <summary>JSON contracts that belong to no model.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(MetadataObject))]
[JsonSerializable(typeof(MetadataList))]
[JsonSerializable(typeof(MetadataEvent))]
[JsonSerializable(typeof(OwnerReference[]))]
internal sealed partial class LocalJsonContext : JsonSerializerContext;
