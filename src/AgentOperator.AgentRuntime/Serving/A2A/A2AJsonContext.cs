using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RpcRequest))]
[JsonSerializable(typeof(RpcResponse))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(TaskRequest))]
[JsonSerializable(typeof(A2AStreamResponse))]
[JsonSerializable(typeof(A2ATask))]
[JsonSerializable(typeof(A2ATaskList))]
[JsonSerializable(typeof(RestErrorDocument))]
[JsonSerializable(typeof(AgentCard))]
internal sealed partial class A2AJsonContext : JsonSerializerContext;
