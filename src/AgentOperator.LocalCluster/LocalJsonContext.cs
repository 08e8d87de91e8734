using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AgentOperator.Local;

/// <summary>JSON contracts of requests that have no record.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class LocalJsonContext : JsonSerializerContext;
