using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>What to do about a Job, in this order.</summary>
/// <param name="Ledger">What is counted now.</param>
/// <param name="Status">The status once the rest is done.</param>
/// <param name="Create">How many pods to create.</param>
/// <param name="Delete">Which pods to end.</param>
/// <param name="LookAgain">When to decide again if nothing happens.</param>
/// <param name="Expired">Its time to live has run out: delete the Job.</param>
internal sealed record JobDecision(JobLedger Ledger, JobStatus Status, int Create, IReadOnlyList<Pod> Delete, TimeSpan? LookAgain, bool Expired = false)
{
    /// <summary>The indexes of the pods to create; null when they have none.</summary>
    public IReadOnlyList<int>? Indexes { get; init; }
}
