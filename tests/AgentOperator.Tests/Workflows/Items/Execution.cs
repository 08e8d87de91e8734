namespace AgentOperator.Tests.Workflows.Items;

/// <summary>An item's work that came to its end.</summary>
internal sealed record Execution(int Attempt, bool HasSucceeded);
