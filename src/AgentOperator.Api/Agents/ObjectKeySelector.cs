using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>One key of a Secret or ConfigMap (v1 SecretKeySelector, ConfigMapKeySelector).</summary>
public sealed record ObjectKeySelector
{
    /// <summary>Name of the object.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }

    /// <summary>Key in its data.</summary>
    [Bounds(1, 253)]
    public required string Key { get; init; }
}
