namespace AgentOperator.Local.Jobs;

/// <summary>What a Job's podFailurePolicy says about a failed pod.</summary>
/// <param name="Counts">False when the failure uses up no attempt.</param>
/// <param name="FailIndex">Its index is given up.</param>
/// <param name="FailJob">Why the whole Job fails; null when it does not.</param>
internal readonly record struct PodFailureVerdict(bool Counts, string? FailJob, bool FailIndex = false);
