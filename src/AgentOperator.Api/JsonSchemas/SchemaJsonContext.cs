using System.Text.Json.Serialization;

namespace AgentOperator.Api.JsonSchemas;

[JsonSerializable(typeof(string))]
internal sealed partial class SchemaJsonContext : JsonSerializerContext;
