using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 Job.</summary>
public sealed record Job : KubernetesObject<Job>, IKubernetesObject<Job>
{
    public static ResourceDefinition Resource { get; } = new("batch", "v1", "jobs", "Job");

    public static JsonTypeInfo<Job> JsonTypeInfo => KubeJsonContext.Default.Job;

    public JobSpec? Spec { get; init; }

    public JobStatus? Status { get; init; }
}
