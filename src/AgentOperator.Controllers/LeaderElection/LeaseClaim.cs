namespace AgentOperator.Controllers.LeaderElection;

/// <summary>What a candidate does next.</summary>
internal enum LeaseClaim
{
    /// <summary>Another holds it, and its time is not over.</summary>
    Respect,

    /// <summary>There is no Lease: make it.</summary>
    Create,

    /// <summary>Released, or its holder has been silent for too long: take it over.</summary>
    Take,

    /// <summary>It is ours: say so again.</summary>
    Renew,
}
