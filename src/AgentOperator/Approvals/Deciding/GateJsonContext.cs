using System.Text.Json.Serialization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Deciding;

/// <summary>How a subject is written for its digest: fields that are added later must be nullable, so that they change no digest.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(Int32JsonConverter), typeof(Int64JsonConverter)])]
[JsonSerializable(typeof(GateSubject))]
internal sealed partial class GateJsonContext : JsonSerializerContext;
