using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A Secret in the namespace of the workflow (v1 LocalObjectReference).</summary>
public sealed record ImagePullSecret
{
    /// <summary>Name of the Secret.</summary>
    [Bounds(1, 253)]
    [CelRule("!self.contains('{{')", "imagePullSecrets takes no {{ }}: write the name out")]
    public required string Name { get; init; }
}
