using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>One ended run.</summary>
public sealed record RunRecord
{
    /// <summary>Number of the run.</summary>
    public required long Run { get; init; }

    /// <summary>How it ended.</summary>
    [Bounds(0, 32)]
    public required string Phase { get; init; }

    /// <summary>Digest of the spec that it executed.</summary>
    [Bounds(0, 128)]
    public string? SpecDigest { get; init; }

    /// <summary>When it was accepted.</summary>
    public MicroTime? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public MicroTime? FinishedAt { get; init; }

    /// <summary>Attempts started.</summary>
    public int? Attempts { get; init; }

    /// <summary>One sentence on how it ended.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }
}
