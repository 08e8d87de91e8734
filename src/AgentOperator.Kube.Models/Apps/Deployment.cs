using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 Deployment.</summary>
public sealed record Deployment : KubernetesObject<Deployment>, IKubernetesObject<Deployment>
{
    public static ResourceDefinition Resource { get; } = new("apps", "v1", "deployments", "Deployment");

    public static JsonTypeInfo<Deployment> JsonTypeInfo => KubeJsonContext.Default.Deployment;

    public DeploymentSpec? Spec { get; init; }

    public DeploymentStatus? Status { get; init; }
}
