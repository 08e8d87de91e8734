using System.Text.Json.Serialization;

namespace AgentOperator.Approvals.Floors;

/// <summary>A field that is not known is a mistake: what it was to demand would not hold.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FloorDocument))]
internal sealed partial class FloorJsonContext : JsonSerializerContext;
