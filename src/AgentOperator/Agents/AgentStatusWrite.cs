using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents;

/// <summary>What a status apply sends: the status alone, with the resource version that it was decided from.</summary>
internal sealed record AgentStatusWrite : KubernetesObject<AgentStatusWrite>, IKubernetesObject<AgentStatusWrite>
{
    public static ResourceDefinition Resource => Agent.Resource;

    public static JsonTypeInfo<AgentStatusWrite> JsonTypeInfo => OperatorJsonContext.Default.AgentStatusWrite;

    public AgentStatus? Status { get; init; }
}
