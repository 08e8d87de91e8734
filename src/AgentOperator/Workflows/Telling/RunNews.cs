namespace AgentOperator.Workflows.Telling;

/// <summary>Something about a workflow that a person would want to read.</summary>
/// <param name="IsWarning">True when somebody may have to act.</param>
/// <param name="Reason">One of the operator's event reasons.</param>
/// <param name="Action">What the operator did or saw, in one word.</param>
/// <param name="Note">One sentence.</param>
internal sealed record RunNews(bool IsWarning, string Reason, string Action, string Note);
