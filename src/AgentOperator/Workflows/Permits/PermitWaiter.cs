using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Permits;

/// <summary>An attempt for which there was no room when it asked.</summary>
/// <param name="Workflow">Whose.</param>
/// <param name="Attempt">Name of its Job.</param>
/// <param name="Priority">The higher one goes first.</param>
/// <param name="Ticket">Then the lower one.</param>
internal sealed record PermitWaiter(ObjectKey Workflow, string Attempt, int Priority, long Ticket);
