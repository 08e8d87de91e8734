using System.Text.Json.Serialization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Runtime;

/// <summary>JSON contracts between the operator and the runtime.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(Int32JsonConverter), typeof(Int64JsonConverter)])]
[JsonSerializable(typeof(RuntimeConfig))]
[JsonSerializable(typeof(StepTask))]
[JsonSerializable(typeof(StepItem))]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(PromptTemplates.PromptContent))]
public sealed partial class RuntimeJsonContext : JsonSerializerContext;
