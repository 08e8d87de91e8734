using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Observing;

/// <summary>A step's pod without its spec: all that the cache keeps of it.</summary>
internal sealed record StepPod : KubernetesObject<StepPod>, IKubernetesObject<StepPod>
{
    public static ResourceDefinition Resource => Pod.Resource;

    public static JsonTypeInfo<StepPod> JsonTypeInfo => OperatorJsonContext.Default.StepPod;

    /// <summary>Without annotations: what our runtime is to do there may be large, and nobody here reads it.</summary>
    public override ObjectMeta Metadata
    {
        get => base.Metadata;
        init => base.Metadata = value with { Annotations = null };
    }

    public PodStatus? Status { get; init; }
}
