using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What one server of tools offers.</summary>
public sealed record DiscoveredTools
{
    /// <summary>Name of the server, or of the agent.</summary>
    [Bounds(0, 253)]
    public required string Server { get; init; }

    /// <summary>Names of its tools, the first hundred.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(0, 128)]
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>What is wrong with it.</summary>
    [Bounds(0, 1024)]
    public string? Problem { get; init; }
}
