namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>What became of a write.</summary>
internal enum StateOutcome
{
    Written,

    /// <summary>Somebody else has written: read again.</summary>
    Conflict,
}
