using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Where a memoized step stands with earlier successes of the same work.</summary>
public sealed record MemoStatus
{
    /// <summary>Digest of the work, what it was given, and memoize.key.</summary>
    [Bounds(0, 64)]
    public string? Digest { get; init; }

    /// <summary>Workflow whose result was taken over; absent when the step ran itself.</summary>
    [Bounds(0, 253)]
    public string? Workflow { get; init; }

    /// <summary>Number of that Workflow's run.</summary>
    public long? Run { get; init; }

    /// <summary>When the step succeeded there.</summary>
    public MicroTime? FinishedAt { get; init; }

    /// <summary>True: a rerun was asked for from this very step, so no earlier result counts.</summary>
    public bool? IsAnew { get; init; }
}
