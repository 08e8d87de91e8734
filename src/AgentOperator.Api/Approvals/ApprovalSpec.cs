using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Approvals;

/// <summary>Who decides what.</summary>
public sealed record ApprovalSpec
{
    /// <summary>What is decided on.</summary>
    public required ApprovalTarget For { get; init; }

    /// <summary>Approve or Reject. One Reject by somebody whom the gate names ends it.</summary>
    [OneOf(ApprovalDecisions.Approve, ApprovalDecisions.Reject)]
    public required string Decision { get; init; }

    /// <summary>Why, in the person's own words.</summary>
    [Bounds(0, 1024)]
    public string? Comment { get; init; }

    /// <summary>User name as the API server knows it (<c>kubectl auth whoami</c>): another one is refused.</summary>
    [Bounds(1, 512)]
    public required string User { get; init; }

    /// <summary>Groups on whose behalf the person decides: those that the gate names. One that the person is not in is refused.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? Groups { get; init; }
}
