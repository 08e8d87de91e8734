using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>Which indexes of an Indexed Job need a pod.</summary>
internal static class MissingIndexes
{
    /// <summary>The lowest first; those that wait after a failure of their own are left out, with the time until the next of them.</summary>
    public static (IReadOnlyList<int> Ready, TimeSpan? Wait) Of(JobRules rules, JobLedger ledger, IEnumerable<Pod> occupied, int count, DateTimeOffset now)
    {
        HashSet<int> taken = [.. occupied.Select(static pod => pod.Index() ?? -1)];
        List<int> ready = [];
        TimeSpan? wait = null;
        for (int index = 0; index < (rules.Completions ?? 0) && ready.Count < count; index++)
        {
            if (taken.Contains(index) || ledger.Indexes.Succeeded.Contains(index) || ledger.Indexes.Failed.Contains(index))
            {
                continue;
            }

            TimeSpan left = rules.Spec.BackoffLimitPerIndex is null
                ? TimeSpan.Zero
                : JobBackoff.Remaining(ledger.Indexes.Failures.GetValueOrDefault(index), ledger.Indexes.LastFailures.TryGetValue(index, out DateTimeOffset at) ? at : null, now);
            if (left == TimeSpan.Zero)
            {
                ready.Add(index);
            }
            else if (wait is null || left < wait)
            {
                wait = left;
            }
        }

        return (ready, wait);
    }
}
