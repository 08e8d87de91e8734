using System.Text.Json.Serialization;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Observing;

namespace AgentOperator;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WorkflowStatusWrite))]
[JsonSerializable(typeof(StepJob))]
[JsonSerializable(typeof(StepPod))]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;
