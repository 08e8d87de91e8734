using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>An item that failed, is tried again, or is kept from starting.</summary>
public sealed record ItemAttempt
{
    /// <summary>Its place in the list, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Number of its newest attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the next attempt is due; of an item under way, until when it may take to start.</summary>
    public MicroTime? Until { get; init; }

    /// <summary>Exit code of the newest that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>One word for how it went wrong.</summary>
    [Bounds(0, 128)]
    public string? Reason { get; init; }

    /// <summary>How the newest that ended went wrong, in one sentence.</summary>
    [Bounds(0, 512)]
    public string? Message { get; init; }
}
