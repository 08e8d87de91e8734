namespace AgentOperator.Approvals.Deciding;

/// <summary>Whether the API server is known to vouch for who decides.</summary>
internal sealed record EnforcementState
{
    /// <summary>True when a forged Approval is refused now.</summary>
    public required bool IsEnforced { get; init; }

    /// <summary>Since when without a break, in whole seconds, as times of creation are told: what is older may be forged.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The very policies of which that was shown; null when nobody asked.</summary>
    public string? Policies { get; init; }

    /// <summary>Why it is not enforced, and what to do.</summary>
    public string? Problem { get; init; }

    /// <summary>True when authors are collected by the policy, so that the stamp can be believed.</summary>
    public bool IsStampEnforced { get; init; }

    /// <summary>The operator was told to ask for no proof.</summary>
    public static EnforcementState NotAsked { get; } = new() { IsEnforced = true, Since = DateTimeOffset.MinValue, IsStampEnforced = true };
}
