namespace AgentOperator.Controllers.Sharding;

/// <summary>What a slot is to this process.</summary>
internal enum SlotClaim
{
    /// <summary>Somebody else's, or nobody's.</summary>
    None,

    Owned,

    /// <summary>To be handed over: what is under way goes on, nothing new starts.</summary>
    Draining,
}
