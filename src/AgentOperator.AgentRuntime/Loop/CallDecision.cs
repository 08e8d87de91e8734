namespace AgentOperator.AgentRuntime.Loop;

/// <summary>The caller's answer to a call that waits.</summary>
/// <param name="IsApproved">False: the model is told no.</param>
/// <param name="Comment">Told to the model with a no.</param>
internal sealed record CallDecision(bool IsApproved, string? Comment = null);
