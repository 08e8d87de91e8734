using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Approvals;

/// <summary>The gate, and what it showed.</summary>
public sealed record ApprovalTarget
{
    /// <summary>Kind of the object that the gate belongs to.</summary>
    [OneOf("Workflow")]
    public required string Kind { get; init; }

    /// <summary>Name of the object, in the namespace of the Approval.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>Name of the gate: the approval step.</summary>
    [Bounds(1, 63)]
    public required string Gate { get; init; }

    /// <summary>Digest from the gate's status: the decision holds for this and for nothing else.</summary>
    [Bounds(71, 71)]
    [Pattern("^sha256:[0-9a-f]{64}$", Message = "a digest is sha256: and 64 hex digits: copy it from the gate, status.steps[].gate.digest")]
    public required string Digest { get; init; }
}
