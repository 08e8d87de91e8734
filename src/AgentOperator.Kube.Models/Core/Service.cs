using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Service.</summary>
public sealed record Service : KubernetesObject<Service>, IKubernetesObject<Service>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "services", "Service");

    public static JsonTypeInfo<Service> JsonTypeInfo => KubeJsonContext.Default.Service;

    public ServiceSpec? Spec { get; init; }

    public ServiceStatus? Status { get; init; }
}
