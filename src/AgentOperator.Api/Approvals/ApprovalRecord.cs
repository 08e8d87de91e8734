using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Approvals;

/// <summary>A decision that counted, as a link of a chain: each holds the hash of the one before, so that a line that was removed or changed shows.</summary>
public sealed record ApprovalRecord
{
    /// <summary>Number of the run.</summary>
    public required long Run { get; init; }

    /// <summary>Name of the gate.</summary>
    [Bounds(1, 63)]
    public required string Gate { get; init; }

    /// <summary>Visit of the gate's loop; absent outside of loops.</summary>
    public int? Visit { get; init; }

    /// <summary>Who decided.</summary>
    [Bounds(1, 512)]
    public required string User { get; init; }

    /// <summary>Groups on whose behalf.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Approve or Reject.</summary>
    [OneOf(ApprovalDecisions.Approve, ApprovalDecisions.Reject)]
    public required string Decision { get; init; }

    /// <summary>In the person's own words.</summary>
    [Bounds(0, 1024)]
    public string? Comment { get; init; }

    /// <summary>When, by the API server's clock.</summary>
    public required Time At { get; init; }

    /// <summary>Name of the Approval.</summary>
    [Bounds(1, 253)]
    public required string Approval { get; init; }

    /// <summary>Its uid.</summary>
    [Bounds(1, 64)]
    public required string Uid { get; init; }

    /// <summary>Digest of what was decided on.</summary>
    [Bounds(1, 71)]
    public required string Digest { get; init; }

    /// <summary>Hash of the record before this one; absent for the first.</summary>
    [Bounds(0, 64)]
    public string? Previous { get; init; }

    /// <summary>sha256 of this record as RFC 8785 JSON without this field, 64 hex digits.</summary>
    [Bounds(0, 64)]
    public string? Hash { get; init; }
}
