using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Credentials;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExecCredential))]
internal sealed partial class ExecCredentialContext : JsonSerializerContext;
