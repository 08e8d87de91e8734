using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Dapr.Resources;

/// <summary>dapr.io/v1alpha1 Component.</summary>
internal sealed record DaprComponent : KubernetesObject<DaprComponent>, IKubernetesObject<DaprComponent>
{
    public static ResourceDefinition Resource { get; } = new("dapr.io", "v1alpha1", "components", "Component");

    public static JsonTypeInfo<DaprComponent> JsonTypeInfo => DaprJsonContext.Default.DaprComponent;

    public ComponentSpec Spec { get => field ?? new(); init; }

    public ComponentAuth? Auth { get; init; }

    /// <summary>App ids that load it; none for all of the namespace.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
