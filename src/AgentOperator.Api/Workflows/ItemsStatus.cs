using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>The items of a forEach. Places are from 0, written as ranges: <c>0-5,7</c>.</summary>
public sealed record ItemsStatus
{
    /// <summary>How many there are.</summary>
    public required int Total { get; init; }

    /// <summary>Digest of the list as RFC 8785 JSON, 64 hex digits.</summary>
    [Bounds(0, 64)]
    public required string Digest { get; init; }

    /// <summary>Those that have succeeded; while an Indexed Job is under way, by its word.</summary>
    [Bounds(0, 65536)]
    public string? Succeeded { get; init; }

    /// <summary>Those that have failed for good.</summary>
    [Bounds(0, 65536)]
    public string? Failed { get; init; }

    /// <summary>Those that are under way; of an Indexed Job all that it is about.</summary>
    [Bounds(0, 65536)]
    public string? Running { get; init; }

    /// <summary>Those under way whose own Jobs were seen.</summary>
    [Bounds(0, 65536)]
    public string? Started { get; init; }

    /// <summary>Items that failed, the first of them with how; and, where each has a Job of its own, those tried again or kept from starting.</summary>
    [AtomicList]
    [Bounds(0, 500)]
    public IReadOnlyList<ItemAttempt>? Attempts { get; init; }
}
