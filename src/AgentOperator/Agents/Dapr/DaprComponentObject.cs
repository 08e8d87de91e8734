using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>A dapr.io/v1alpha1 Component.</summary>
internal sealed record DaprComponentObject : KubernetesObject<DaprComponentObject>, IKubernetesObject<DaprComponentObject>
{
    public static ResourceDefinition Resource { get; } = new(DaprObjects.Group, "v1alpha1", "components", "Component");

    public static JsonTypeInfo<DaprComponentObject> JsonTypeInfo => OperatorJsonContext.Default.DaprComponentObject;

    public JsonElement? Spec { get; init; }

    /// <summary>App-ids that it is for: without them every sidecar of the namespace would load it.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
