using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Approvals;

/// <summary>What the cluster asks of a gate, whatever its step says. Only people count, not service accounts.</summary>
public sealed record GateFloor
{
    /// <summary>Name of the floor.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>How many people must approve.</summary>
    public required int Quorum { get; init; }

    /// <summary>They are members of one of these; of any group if absent.</summary>
    [AtomicList]
    [Bounds(0, 10)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? Groups { get; init; }
}
