using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows;

/// <summary>What a status apply sends: the status alone, with the resource version that it was decided from.</summary>
internal sealed record WorkflowStatusWrite : KubernetesObject<WorkflowStatusWrite>, IKubernetesObject<WorkflowStatusWrite>
{
    public static ResourceDefinition Resource => Workflow.Resource;

    public static JsonTypeInfo<WorkflowStatusWrite> JsonTypeInfo => OperatorJsonContext.Default.WorkflowStatusWrite;

    public WorkflowStatus? Status { get; init; }
}
