using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>The Job controller's semantics, without I/O: what kube-controller-manager would do next.</summary>
internal static class JobDecider
{
    public static JobDecision Decide(JobObservation seen)
    {
        JobStatus status = seen.Job.Status ?? new JobStatus();
        if (JobConditions.Finished(status) is { } finished)
        {
            return Finished(seen, status, finished);
        }

        JobRules rules = new(seen.Job.Spec!);
        (JobLedger ledger, JobFailure? byPolicy) = JobAccounting.Count(seen, rules);
        seen = seen with { Ledger = ledger };
        Pod[] active = [.. seen.Pods.Where(static pod => pod.IsActive())];
        int terminating = seen.Pods.Count(static pod => pod.IsTerminating() && !pod.IsTerminal());
        status = status with { Succeeded = Counter(ledger.Succeeded), Failed = Counter(ledger.Failed), Terminating = terminating };
        if (rules.IsIndexed)
        {
            status = status with
            {
                CompletedIndexes = IndexRanges.Text(ledger.Indexes.Succeeded),
                FailedIndexes = rules.Spec.BackoffLimitPerIndex is null ? null : IndexRanges.Text(ledger.Indexes.Failed) ?? "",
            };
        }

        if (seen.Job.IsTerminating())
        {
            return new JobDecision(ledger, Active(status, active), 0, [], null);
        }

        // Once met, it stays so: the pods that are ended for it are no failures of the Job.
        if (JobConditions.Find(status.Conditions, JobConditionTypes.SuccessCriteriaMet) is { Reason: JobReasons.SuccessPolicy } met)
        {
            return SucceedEarly(seen, status, active, met.Message ?? "");
        }

        if (Failure(seen, rules, active, byPolicy) is { } failure)
        {
            return Fail(seen, status, active, failure);
        }

        if (rules.IsIndexed && SuccessRules.Met(rules.Spec.SuccessPolicy, ledger.Indexes.Succeeded) is { } early)
        {
            return SucceedEarly(seen, status, active, early);
        }

        if (IsSucceeded(rules, ledger, active))
        {
            return Succeed(seen, status, terminating);
        }

        return rules.IsSuspended ? Suspend(seen, status, active) : Manage(seen, rules, Resume(status, seen.Now), active, terminating);
    }

    private static JobDecision Finished(JobObservation seen, JobStatus status, JobCondition condition)
    {
        if (seen.Job.Spec!.TtlSecondsAfterFinished is not { } ttl || seen.Job.IsTerminating())
        {
            return new JobDecision(seen.Ledger, status, 0, [], null);
        }

        DateTimeOffset at = condition.LastTransitionTime?.Value ?? seen.Now;
        TimeSpan left = at + TimeSpan.FromSeconds(ttl) - seen.Now;
        return left > TimeSpan.Zero
            ? new JobDecision(seen.Ledger, status, 0, [], left)
            : new JobDecision(seen.Ledger, status, 0, [], null, Expired: true);
    }

    private static JobFailure? Failure(JobObservation seen, JobRules rules, Pod[] active, JobFailure? byPolicy)
    {
        if (JobConditions.Find(seen.Job.Status?.Conditions, JobConditionTypes.FailureTarget) is { } target)
        {
            return new JobFailure(target.Reason ?? "", target.Message ?? "");
        }

        if (byPolicy is not null)
        {
            return byPolicy;
        }

        if (seen.Ledger.Failed > rules.BackoffLimit || IsPastLimitByRestarts(rules, active))
        {
            return new JobFailure(JobReasons.BackoffLimitExceeded, "Job has reached the specified backoff limit");
        }

        if (DeadlineLeft(seen, rules) is { } left && left <= TimeSpan.Zero)
        {
            return new JobFailure(JobReasons.DeadlineExceeded, "Job was active longer than specified deadline");
        }

        return rules.IsIndexed ? IndexFailure(seen.Ledger.Indexes, rules, active) : null;
    }

    private static JobFailure? IndexFailure(IndexLedger indexes, JobRules rules, Pod[] active)
    {
        if (rules.Spec.MaxFailedIndexes is { } most && indexes.Failed.Count > most)
        {
            return new JobFailure(JobReasons.MaxFailedIndexesExceeded, "Job has exceeded the specified maximal number of failed indexes");
        }

        bool isOver = active.Length == 0 && indexes.Failed.Count > 0 && indexes.Failed.Count + indexes.Succeeded.Count >= rules.Completions;
        return isOver && SuccessRules.Met(rules.Spec.SuccessPolicy, indexes.Succeeded) is null ? new JobFailure(JobReasons.FailedIndexes, "Job has failed indexes") : null;
    }

    private static bool IsPastLimitByRestarts(JobRules rules, Pod[] active)
    {
        if (rules.Spec.Template.Spec.RestartPolicy != "OnFailure")
        {
            return false;
        }

        int restarts = active.Sum(static pod => pod.Restarts());
        return rules.BackoffLimit == 0 ? restarts > 0 : restarts >= rules.BackoffLimit;
    }

    private static TimeSpan? DeadlineLeft(JobObservation seen, JobRules rules) =>
        !rules.IsSuspended && rules.Spec.ActiveDeadlineSeconds is { } seconds && seen.Job.Status?.StartTime is { } started
            ? started.Value + TimeSpan.FromSeconds(seconds) - seen.Now
            : null;

    /// <summary>Says early that the Job fails; the terminal condition waits until every pod has ended.</summary>
    private static JobDecision Fail(JobObservation seen, JobStatus status, Pod[] active, JobFailure failure)
    {
        status = Active(status, []) with
        {
            StartTime = status.StartTime ?? new Time(seen.Now),
            Terminating = status.Terminating + active.Length,
            Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.FailureTarget, true, failure.Reason, failure.Message, seen.Now),
        };
        if (status.Terminating == 0)
        {
            status = status with { Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.Failed, true, failure.Reason, failure.Message, seen.Now) };
        }

        return new JobDecision(seen.Ledger, status, 0, active, null);
    }

    /// <summary>Ends the pods that are not needed any more; the Job is complete when they have gone.</summary>
    private static JobDecision SucceedEarly(JobObservation seen, JobStatus status, Pod[] active, string message)
    {
        status = Active(status, []) with
        {
            StartTime = status.StartTime ?? new Time(seen.Now),
            Terminating = status.Terminating + active.Length,
            Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.SuccessCriteriaMet, true, JobReasons.SuccessPolicy, message, seen.Now),
        };
        if (status.Terminating == 0)
        {
            status = status with
            {
                CompletionTime = new Time(seen.Now),
                Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.Complete, true, JobReasons.SuccessPolicy, message, seen.Now),
            };
        }

        return new JobDecision(seen.Ledger, status, 0, active, null);
    }

    private static bool IsSucceeded(JobRules rules, JobLedger ledger, Pod[] active) =>
        active.Length == 0 && (rules.Completions is { } completions ? ledger.Succeeded >= completions : ledger.Succeeded > 0);

    private static JobDecision Succeed(JobObservation seen, JobStatus status, int terminating)
    {
        const string Message = "Reached expected number of succeeded pods";
        status = Active(status, []) with
        {
            StartTime = status.StartTime ?? new Time(seen.Now),
            Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.SuccessCriteriaMet, true, JobReasons.CompletionsReached, Message, seen.Now),
        };
        if (terminating == 0)
        {
            status = status with
            {
                CompletionTime = new Time(seen.Now),
                Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.Complete, true, JobReasons.CompletionsReached, Message, seen.Now),
            };
        }

        return new JobDecision(seen.Ledger, status, 0, [], null);
    }

    private static JobDecision Suspend(JobObservation seen, JobStatus status, Pod[] active)
    {
        JobLedger ledger = seen.Ledger with { Spared = seen.Ledger.Spared.Union(active.Select(static pod => pod.Uid())) };
        status = Active(status, []) with
        {
            StartTime = null,
            Terminating = status.Terminating + active.Length,
            Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.Suspended, true, JobReasons.Suspended, "Job suspended", seen.Now),
        };
        return new JobDecision(ledger, status, 0, active, null);
    }

    private static JobStatus Resume(JobStatus status, DateTimeOffset now) => JobConditions.Find(status.Conditions, JobConditionTypes.Suspended) is null
        ? status with { StartTime = status.StartTime ?? new Time(now) }
        : status with
        {
            StartTime = new Time(now),
            Conditions = JobConditions.Set(status.Conditions, JobConditionTypes.Suspended, false, JobReasons.Resumed, "Job resumed", now),
        };

    private static JobDecision Manage(JobObservation seen, JobRules rules, JobStatus status, Pod[] active, int terminating)
    {
        int wanted = rules.WantedPods(seen.Ledger.Succeeded + seen.Ledger.Indexes.Failed.Count, active.Length);
        if (active.Length > wanted)
        {
            Pod[] surplus = [.. active.OrderByDescending(pod => pod.Index() >= rules.Completions).ThenBy(static pod => pod.IsReady()).ThenByDescending(static pod => pod.Metadata.CreationTimestamp?.Value).Take(active.Length - wanted)];
            status = Active(status, [.. active.Except(surplus)]) with { Terminating = status.Terminating + surplus.Length };
            return new JobDecision(seen.Ledger, status, 0, surplus, DeadlineLeft(seen, rules));
        }

        int missing = wanted - active.Length - (rules.WaitsForTermination ? terminating : 0);
        bool waitsByIndex = rules.IsIndexed && rules.Spec.BackoffLimitPerIndex is not null;
        TimeSpan backoff = missing > 0 && !waitsByIndex ? JobBackoff.Remaining(seen.Ledger, seen.Now) : TimeSpan.Zero;
        int create = backoff > TimeSpan.Zero ? 0 : Math.Max(0, missing);
        IReadOnlyList<int>? indexes = null;
        if (rules.IsIndexed && create > 0)
        {
            IEnumerable<Pod> occupied = rules.WaitsForTermination ? seen.Pods.Where(static pod => !pod.IsTerminal()) : active;
            (indexes, TimeSpan? wait) = MissingIndexes.Of(rules, seen.Ledger, occupied, create, seen.Now);
            create = indexes.Count;
            backoff = wait ?? TimeSpan.Zero;
        }

        status = Active(status, active);
        status = status with { Active = Counter(active.Length + create) };
        return new JobDecision(seen.Ledger, status, create, [], Sooner(backoff, DeadlineFrom(status, rules, seen.Now))) { Indexes = indexes };
    }

    private static TimeSpan? DeadlineFrom(JobStatus status, JobRules rules, DateTimeOffset now) =>
        rules.Spec.ActiveDeadlineSeconds is { } seconds && status.StartTime is { } started ? started.Value + TimeSpan.FromSeconds(seconds) - now : null;

    private static TimeSpan? Sooner(TimeSpan backoff, TimeSpan? deadline) =>
        backoff <= TimeSpan.Zero ? deadline : deadline is { } other && other < backoff ? other : backoff;

    private static JobStatus Active(JobStatus status, Pod[] active) =>
        status with { Active = Counter(active.Length), Ready = active.Count(static pod => pod.IsReady()) };

    /// <summary>Go leaves out a zero where the field is not a pointer.</summary>
    private static int? Counter(int value) => value == 0 ? null : value;
}
