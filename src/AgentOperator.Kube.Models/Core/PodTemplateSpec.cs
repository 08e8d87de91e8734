namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodTemplateSpec.</summary>
public sealed record PodTemplateSpec
{
    public ObjectMeta? Metadata { get; init; }

    public required PodSpec Spec { get; init; }
}
