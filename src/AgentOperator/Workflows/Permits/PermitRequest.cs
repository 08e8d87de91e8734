namespace AgentOperator.Workflows.Permits;

/// <summary>An attempt that wants room.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Workflow">Its Workflow.</param>
/// <param name="Attempt">Name of its Job.</param>
/// <param name="Priority">Who goes first: the higher one.</param>
internal sealed record PermitRequest(string Namespace, string Workflow, string Attempt, int Priority);
