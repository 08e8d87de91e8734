using System.Text.Json.Serialization;
using AgentOperator.Local.Dapr.Messaging;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.State;
using AgentOperator.Local.Dapr.Subscriptions;

namespace AgentOperator.Local.Dapr;

/// <summary>Shapes of Dapr's HTTP API, whose names are read in any case, as Go reads them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<StateSetItem>))]
[JsonSerializable(typeof(StateBulkGet))]
[JsonSerializable(typeof(StateTransaction))]
[JsonSerializable(typeof(List<BulkPublishEntry>))]
[JsonSerializable(typeof(List<SubscribeEntry>))]
[JsonSerializable(typeof(AppVerdict))]
[JsonSerializable(typeof(BulkVerdict))]
[JsonSerializable(typeof(DaprComponent))]
[JsonSerializable(typeof(DaprSubscription))]
[JsonSerializable(typeof(DaprResiliency))]
internal sealed partial class DaprJsonContext : JsonSerializerContext;
