using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>What is known of a Job when it is decided.</summary>
/// <param name="Job">The Job.</param>
/// <param name="Pods">Its pods that exist.</param>
/// <param name="Gone">Its pods that do not exist any more, as they were last seen.</param>
/// <param name="Ledger">What was counted before.</param>
/// <param name="Now">The time.</param>
internal sealed record JobObservation(Job Job, IReadOnlyCollection<Pod> Pods, IReadOnlyCollection<Pod> Gone, JobLedger Ledger, DateTimeOffset Now);
