using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Local.Jobs;

/// <summary>A Job's spec with the defaults that a real API server fills in.</summary>
internal readonly record struct JobRules(JobSpec Spec)
{
    public const int DefaultBackoffLimit = 6;

    private const string ThisController = "kubernetes.io/job-controller";

    /// <summary>Another controller looks after the Job.</summary>
    public static bool IsOfOthers(JobSpec spec) => spec.ManagedBy is not (null or ThisController);

    public bool IsIndexed => Spec.CompletionMode == "Indexed";

    public bool IsSuspended => Spec.Suspend == true;

    public int Parallelism => Spec.Parallelism ?? 1;

    /// <summary>Null: any success completes the Job.</summary>
    public int? Completions => Spec.Completions ?? (Spec.Parallelism is null ? 1 : null);

    public int BackoffLimit => Spec.BackoffLimit ?? (Spec.BackoffLimitPerIndex is null ? DefaultBackoffLimit : int.MaxValue);

    /// <summary>A pod that is being ended is neither replaced nor counted before it has really ended.</summary>
    public bool WaitsForTermination => (Spec.PodReplacementPolicy ?? (Spec.PodFailurePolicy is null ? null : "Failed")) == "Failed";

    /// <summary>How many pods should be active.</summary>
    public int WantedPods(int succeeded, int active)
    {
        if (Completions is { } completions)
        {
            return Math.Min(Parallelism, Math.Max(0, completions - succeeded));
        }

        return succeeded > 0 ? active : Parallelism;
    }
}
