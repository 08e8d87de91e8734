using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>A dapr.io/v2alpha1 Subscription.</summary>
internal sealed record DaprSubscriptionObject : KubernetesObject<DaprSubscriptionObject>, IKubernetesObject<DaprSubscriptionObject>
{
    public static ResourceDefinition Resource { get; } = new(DaprObjects.Group, "v2alpha1", "subscriptions", "Subscription");

    public static JsonTypeInfo<DaprSubscriptionObject> JsonTypeInfo => OperatorJsonContext.Default.DaprSubscriptionObject;

    public JsonElement? Spec { get; init; }

    /// <summary>App-ids that it is for: without them every sidecar of the namespace would load it.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
