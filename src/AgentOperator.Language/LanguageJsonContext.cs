using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AgentOperator;

/// <summary>JSON of values that templates make.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class LanguageJsonContext : JsonSerializerContext;
