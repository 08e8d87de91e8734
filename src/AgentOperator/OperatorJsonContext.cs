using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentOperator.Agents;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Writing;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Channels;
using AgentOperator.PromptTemplates;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Holding;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AgentStatusWrite))]
[JsonSerializable(typeof(AgentPod))]
[JsonSerializable(typeof(DeploymentScale))]
[JsonSerializable(typeof(DaprComponentObject))]
[JsonSerializable(typeof(DaprConfigurationObject))]
[JsonSerializable(typeof(DaprResiliencyObject))]
[JsonSerializable(typeof(DaprSubscriptionObject))]
[JsonSerializable(typeof(PromptTemplateStatusWrite))]
[JsonSerializable(typeof(WorkflowStatusWrite))]
[JsonSerializable(typeof(HeldNamespace))]
[JsonSerializable(typeof(EventDelivery))]
[JsonSerializable(typeof(LockRecord))]
[JsonSerializable(typeof(StepJob))]
[JsonSerializable(typeof(StepPod))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(AuthorsPolicy))]
[JsonSerializable(typeof(Memo))]
[JsonSerializable(typeof(MemoEntry))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;
