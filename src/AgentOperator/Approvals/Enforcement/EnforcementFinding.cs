namespace AgentOperator.Approvals.Enforcement;

/// <summary>What one try to forge has shown.</summary>
internal sealed record EnforcementFinding
{
    /// <summary>Which very policies have refused: their uids and generations, hashed. Null when they have not.</summary>
    public string? Policies { get; init; }

    /// <summary>Why not, and what to do.</summary>
    public string? Problem { get; init; }

    /// <summary>True when the authors' stamp cannot be forged either.</summary>
    public bool IsStampEnforced { get; init; }
}
