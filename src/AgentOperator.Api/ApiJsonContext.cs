using System.Text.Json.Serialization;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api;

/// <summary>JSON contracts of the custom resources.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(Int32JsonConverter), typeof(Int64JsonConverter)])]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(PromptTemplate))]
[JsonSerializable(typeof(Workflow))]
public sealed partial class ApiJsonContext : JsonSerializerContext;
