using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Dapr.Resources;

/// <summary>dapr.io/v1alpha1 Resiliency, the part that deliveries heed.</summary>
internal sealed record DaprResiliency : KubernetesObject<DaprResiliency>, IKubernetesObject<DaprResiliency>
{
    public static ResourceDefinition Resource { get; } = new("dapr.io", "v1alpha1", "resiliencies", "Resiliency");

    public static JsonTypeInfo<DaprResiliency> JsonTypeInfo => DaprJsonContext.Default.DaprResiliency;

    public ResiliencySpec Spec { get => field ?? new(); init; }

    public IReadOnlyList<string>? Scopes { get; init; }
}
