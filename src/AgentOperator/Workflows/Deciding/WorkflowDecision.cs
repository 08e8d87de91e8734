using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What is to be so, and what to do once it is written.</summary>
/// <param name="Status">The status to apply before anything else.</param>
/// <param name="Starts">Jobs and Workflows to create after that; repeated until they are seen.</param>
/// <param name="Stops">Jobs and Workflows to delete after that.</param>
/// <param name="WakeAt">When to decide again even if nothing changes.</param>
internal sealed record WorkflowDecision(WorkflowStatus Status, IReadOnlyList<AttemptStart> Starts, IReadOnlyList<AttemptStop> Stops, DateTimeOffset? WakeAt)
{
    /// <summary>True when the workflow's time after its end is up: it is to be deleted.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Values that the decision needs and were not loaded: it is to be made anew with them, and nothing of this one counts.</summary>
    public IReadOnlyList<OutputReference> Missing { get; init; } = [];

    /// <summary>The decision is to be made anew with a proof that is as new as this, and nothing of this one counts.</summary>
    public ProofWanted Proof { get; init; }

    /// <summary>Steps whose items' results the decision needs and that were not read: as with <see cref="Missing"/>.</summary>
    public IReadOnlyList<ItemsWanted> MissingItems { get; init; } = [];

    /// <summary>Results of items to keep before the status is applied.</summary>
    public IReadOnlyList<ItemKeep> Keeps { get; init; } = [];

    /// <summary>Results to keep for later runs, once the status is applied. One that gets lost costs no more than the work.</summary>
    public IReadOnlyList<MemoKeep> Memos { get; init; } = [];

    /// <summary>All locks that this workflow wants or holds from now on; those that it holds beyond these are to be given back.</summary>
    public IReadOnlyList<LockRequest> Locks { get; init; } = [];

    /// <summary>True while the object must not go before its compensations have run; null when that is as it is.</summary>
    public bool? KeepsObject { get; init; }
}
