using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>A dapr.io/v1alpha1 Configuration.</summary>
internal sealed record DaprConfigurationObject : KubernetesObject<DaprConfigurationObject>, IKubernetesObject<DaprConfigurationObject>
{
    public static ResourceDefinition Resource { get; } = new(DaprObjects.Group, "v1alpha1", "configurations", "Configuration");

    public static JsonTypeInfo<DaprConfigurationObject> JsonTypeInfo => OperatorJsonContext.Default.DaprConfigurationObject;

    public JsonElement? Spec { get; init; }
}
