using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>A Workflow as far as garbage collection looks at it: its metadata.</summary>
internal sealed record WorkflowObject : KubernetesObject<WorkflowObject>, IKubernetesObject<WorkflowObject>
{
    public static ResourceDefinition Resource { get; } = new("agentoperator.dev", "v1alpha1", "workflows", "Workflow");

    public static JsonTypeInfo<WorkflowObject> JsonTypeInfo => LocalJsonContext.Default.WorkflowObject;
}
