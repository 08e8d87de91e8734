using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Observing;

/// <summary>An agent's pod with no more of its spec than which containers it has: all that the cache keeps of it.</summary>
internal sealed record AgentPod : KubernetesObject<AgentPod>, IKubernetesObject<AgentPod>
{
    public static ResourceDefinition Resource => Pod.Resource;

    public static JsonTypeInfo<AgentPod> JsonTypeInfo => OperatorJsonContext.Default.AgentPod;

    public AgentPodSpec? Spec { get; init; }

    public PodStatus? Status { get; init; }
}
