namespace AgentOperator.AgentRuntime.Guard;

/// <summary>What the guard says of a value.</summary>
/// <param name="Value">The value, redacted.</param>
/// <param name="IsFlagged">It seems to give orders to the model.</param>
/// <param name="Refusal">Why it goes no further; null when it does.</param>
internal readonly record struct GuardVerdict<T>(T Value, bool IsFlagged, string? Refusal);
