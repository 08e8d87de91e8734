namespace AgentOperator.Workflows.Deciding;

/// <summary>What a condition is to say.</summary>
internal readonly record struct ConditionState(string Type, string Status, string Reason, string Message);
