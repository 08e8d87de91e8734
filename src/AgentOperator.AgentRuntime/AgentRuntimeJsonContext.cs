using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Memory;
using AgentOperator.AgentRuntime.Serving;

namespace AgentOperator.AgentRuntime;

/// <summary>JSON that the runtime speaks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(AnswerEnvelope))]
[JsonSerializable(typeof(AgentEvent))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(InputRequiredDocument))]
[JsonSerializable(typeof(SkillList))]
[JsonSerializable(typeof(RememberedTurn[]))]
internal sealed partial class AgentRuntimeJsonContext : JsonSerializerContext;
