using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.Agents.Writing;

/// <summary>The one field of a Deployment that changes hands when an autoscaler takes over.</summary>
internal sealed record DeploymentScale : KubernetesObject<DeploymentScale>, IKubernetesObject<DeploymentScale>
{
    public static ResourceDefinition Resource => Deployment.Resource;

    public static JsonTypeInfo<DeploymentScale> JsonTypeInfo => OperatorJsonContext.Default.DeploymentScale;

    public DeploymentScaleSpec? Spec { get; init; }
}
