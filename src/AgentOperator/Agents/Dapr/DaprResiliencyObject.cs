using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>A dapr.io/v1alpha1 Resiliency.</summary>
internal sealed record DaprResiliencyObject : KubernetesObject<DaprResiliencyObject>, IKubernetesObject<DaprResiliencyObject>
{
    public static ResourceDefinition Resource { get; } = new(DaprObjects.Group, "v1alpha1", "resiliencies", "Resiliency");

    public static JsonTypeInfo<DaprResiliencyObject> JsonTypeInfo => OperatorJsonContext.Default.DaprResiliencyObject;

    public JsonElement? Spec { get; init; }

    /// <summary>App-ids that it is for: without them every sidecar of the namespace would load it.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
