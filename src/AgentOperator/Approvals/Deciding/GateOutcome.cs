namespace AgentOperator.Approvals.Deciding;

/// <summary>Where a gate stands.</summary>
internal enum GateOutcome
{
    /// <summary>Shut.</summary>
    Waiting,

    /// <summary>Enough people have approved, or silence is a yes.</summary>
    Approved,

    /// <summary>Somebody has said no.</summary>
    Rejected,

    /// <summary>Nobody has decided in time.</summary>
    TimedOut,

    /// <summary>The same, and the step is skipped.</summary>
    Skipped,
}
