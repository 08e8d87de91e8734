using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Tests.Dapr;

[JsonSerializable(typeof(string))]
internal sealed partial class StringContext : JsonSerializerContext;
