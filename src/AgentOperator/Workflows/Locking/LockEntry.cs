using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Locking;

/// <summary>Somebody who holds a lock or waits for it.</summary>
/// <param name="Holder">Text that stays the same after every crash and begins with the Workflow's uid.</param>
/// <param name="Namespace">Of the Workflow.</param>
/// <param name="Workflow">Name of the Workflow.</param>
/// <param name="Priority">Who goes first: the higher one.</param>
internal sealed record LockEntry(string Holder, string Namespace, string Workflow, int Priority)
{
    public bool IsOf(ObjectKey workflow) => Workflow == workflow.Name && Namespace == workflow.Namespace;

    public bool IsOf(Api.Workflows.Workflow workflow) => IsOf(workflow.Key()) && Holder.StartsWith($"{workflow.Metadata.Uid}/", StringComparison.Ordinal);

    /// <summary>True for the same holder, and for a step of a run that holds the lock as a whole.</summary>
    public bool Covers(string holder) => holder.StartsWith(Holder, StringComparison.Ordinal) && (holder.Length == Holder.Length || holder[Holder.Length] == '/');
}
