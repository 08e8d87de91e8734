using System.Text.Json.Serialization;

namespace AgentOperator.Controllers.Sharding;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ShardMap))]
internal sealed partial class ShardJsonContext : JsonSerializerContext;
