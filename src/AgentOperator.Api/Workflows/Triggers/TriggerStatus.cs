using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>How one trigger of a definition stands.</summary>
public sealed record TriggerStatus
{
    /// <summary>Name of the trigger.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>Schedule and time zone that the times below are of: another schedule begins anew.</summary>
    [Bounds(0, 330)]
    public string? Schedule { get; init; }

    /// <summary>Times of the schedule up to this one have been seen to: they run, wait in due, or were missed for good.</summary>
    public MicroTime? SeenUntil { get; init; }

    /// <summary>Newest time of the schedule that was to run.</summary>
    public MicroTime? LastScheduled { get; init; }

    /// <summary>Next time of the schedule.</summary>
    public MicroTime? Next { get; init; }

    /// <summary>Times of the schedule whose runs wait for others.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    public IReadOnlyList<MicroTime>? Due { get; init; }

    /// <summary>The newest event that was decided on.</summary>
    public LastEvent? LastEvent { get; init; }

    /// <summary>Runs of this trigger that are under way.</summary>
    public int? Active { get; init; }

    /// <summary>Why the trigger starts nothing.</summary>
    [Bounds(0, 4096)]
    public string? Problem { get; init; }
}
