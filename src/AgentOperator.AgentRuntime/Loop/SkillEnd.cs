namespace AgentOperator.AgentRuntime.Loop;

/// <summary>How a call of a skill ended.</summary>
internal enum SkillEnd
{
    Completed,

    /// <summary>A tool waits for the caller's yes.</summary>
    InputRequired,

    /// <summary>Nothing was asked of a model, or no more of it: bad input, or the guard.</summary>
    Refused,
    Failed,
    Cancelled,
}
