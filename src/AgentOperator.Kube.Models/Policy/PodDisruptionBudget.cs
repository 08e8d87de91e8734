using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Policy;

/// <summary>policy/v1 PodDisruptionBudget.</summary>
public sealed record PodDisruptionBudget : KubernetesObject<PodDisruptionBudget>, IKubernetesObject<PodDisruptionBudget>
{
    public static ResourceDefinition Resource { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");

    public static JsonTypeInfo<PodDisruptionBudget> JsonTypeInfo => KubeJsonContext.Default.PodDisruptionBudget;

    public PodDisruptionBudgetSpec? Spec { get; init; }

    public PodDisruptionBudgetStatus? Status { get; init; }
}
