using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>One event and what became of it.</summary>
public sealed record LastEvent
{
    /// <summary>Id of the event; a scheduled time is its own.</summary>
    [Bounds(1, 253)]
    public required string Id { get; init; }

    /// <summary>When it was decided on.</summary>
    public required MicroTime At { get; init; }

    /// <summary>Started, Skipped (another run was under way, or it came too late), Filtered (by when) or Refused (it cannot be run).</summary>
    [Bounds(1, 32)]
    public required string Outcome { get; init; }

    /// <summary>The Workflow that it became.</summary>
    [Bounds(0, 63)]
    public string? Workflow { get; init; }

    /// <summary>One sentence on it.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }
}
