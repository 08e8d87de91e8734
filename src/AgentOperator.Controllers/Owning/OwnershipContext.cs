using System.Text.Json.Serialization;

namespace AgentOperator.Controllers.Owning;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Ownership))]
internal sealed partial class OwnershipContext : JsonSerializerContext;
