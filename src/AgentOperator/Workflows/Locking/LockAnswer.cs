namespace AgentOperator.Workflows.Locking;

/// <summary>Whether a lock is held.</summary>
/// <param name="IsHeld">True when the holder has it.</param>
/// <param name="Message">Who has it instead, or what is wrong with it; null when it is held.</param>
internal readonly record struct LockAnswer(bool IsHeld, string? Message);
