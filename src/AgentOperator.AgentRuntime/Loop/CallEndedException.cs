namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Ends the loop: what happened is the answer to the caller.</summary>
internal sealed class CallEndedException(SkillEnd end, string reason, string message) : Exception(message)
{
    public SkillEnd End { get; } = end;

    public string Reason { get; } = reason;
}
