using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Reading;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PartialObject))]
internal sealed partial class PartialObjectContext : JsonSerializerContext;
