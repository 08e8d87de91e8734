using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>Counts each ended pod of a Job once.</summary>
internal static class JobAccounting
{
    public static (JobLedger Ledger, JobFailure? ByPolicy) Count(JobObservation seen, JobRules rules)
    {
        JobLedger ledger = seen.Ledger;
        JobFailure? byPolicy = null;
        IEnumerable<(Pod Pod, bool IsGone)> pods = [.. seen.Pods.Select(static pod => (pod, false)), .. seen.Gone.Select(static pod => (pod, true))];
        foreach ((Pod pod, bool isGone) in pods.OrderBy(entry => entry.Pod.FinishedAt() ?? seen.Now))
        {
            string uid = pod.Uid();
            if (ledger.Settled.Contains(uid))
            {
                continue;
            }

            if (pod.Status?.Phase == PodPhase.Succeeded)
            {
                ledger = ledger.Success(uid);
                if (rules.IsIndexed && pod.Index() is { } index)
                {
                    ledger = ledger with { Indexes = ledger.Indexes.Success(index) };
                }
            }
            else if (HasFailed(pod, isGone, rules))
            {
                PodFailureVerdict verdict = PodFailureRules.Judge(seen.Job.Spec!.PodFailurePolicy, pod);
                bool counts = verdict.Counts && !ledger.Spared.Contains(uid);
                ledger = counts ? ledger.Failure(uid, pod.FinishedAt() ?? seen.Now) : ledger.Ignored(uid);
                if (counts && rules.IsIndexed && pod.Index() is { } index && !ledger.Indexes.Succeeded.Contains(index))
                {
                    ledger = ledger with { Indexes = ledger.Indexes.Failure(index, pod.FinishedAt() ?? seen.Now, rules.Spec.BackoffLimitPerIndex, verdict.FailIndex) };
                }

                byPolicy ??= verdict.FailJob is { } message ? new JobFailure(JobReasons.PodFailurePolicy, message) : null;
            }
        }

        if (rules is { IsIndexed: true, Completions: { } completions })
        {
            ledger = ledger with { Indexes = ledger.Indexes.Below(completions) };
            ledger = ledger with { Succeeded = ledger.Indexes.Succeeded.Count };
        }

        return (ledger, byPolicy);
    }

    private static bool HasFailed(Pod pod, bool isGone, JobRules rules) =>
        isGone || pod.Status?.Phase == PodPhase.Failed || (pod.IsTerminating() && !rules.WaitsForTermination);
}
