using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentOperator.Local.Garbage;

namespace AgentOperator.Local;

/// <summary>JSON contracts that belong to no model.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(WorkflowObject))]
internal sealed partial class LocalJsonContext : JsonSerializerContext;
