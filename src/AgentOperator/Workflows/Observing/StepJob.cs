using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Workflows.Observing;

/// <summary>A step's Job without its spec: all that the cache keeps of it.</summary>
internal sealed record StepJob : KubernetesObject<StepJob>, IKubernetesObject<StepJob>
{
    public static ResourceDefinition Resource => Job.Resource;

    public static JsonTypeInfo<StepJob> JsonTypeInfo => OperatorJsonContext.Default.StepJob;

    public JobStatus? Status { get; init; }
}
