using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Lets so many holders in at once. Shared by all Workflows of the namespace that name the same ConfigMap key.</summary>
public sealed record SemaphoreReference
{
    /// <summary>ConfigMap that says how many.</summary>
    [Bounds(1, 253)]
    public required string ConfigMap { get; init; }

    /// <summary>Key of the number: a whole one, from 1.</summary>
    [Bounds(1, 253)]
    public required string Key { get; init; }
}
