using System.Text.Json.Serialization;

namespace AgentOperator.Local.State;

/// <summary>JSON contracts of the state folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProcessTable))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
