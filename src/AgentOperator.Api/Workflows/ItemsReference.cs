using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A list whose values are kept item by item.</summary>
public sealed record ItemsReference
{
    /// <summary>Length of the list.</summary>
    public required int Total { get; init; }

    /// <summary>Places that have a value, as ranges; the others are null.</summary>
    [Bounds(0, 65536)]
    public string? Places { get; init; }
}
