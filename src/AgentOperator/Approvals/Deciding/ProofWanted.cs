namespace AgentOperator.Approvals.Deciding;

/// <summary>How new the proof of enforcement must be that a decision is made with.</summary>
internal enum ProofWanted
{
    /// <summary>What there is will do.</summary>
    None,

    /// <summary>There is none yet.</summary>
    Any,

    /// <summary>A gate opens or is shut for good by it: as of now.</summary>
    Fresh,
}
