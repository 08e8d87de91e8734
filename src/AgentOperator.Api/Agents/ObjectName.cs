using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>An object in the same namespace (v1 LocalObjectReference).</summary>
public sealed record ObjectName
{
    /// <summary>Name of the object.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }
}
