using AgentOperator.Kube.Models.Batch;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Tests.Jobs;

public sealed class IndexedDeciderTests
{
    private static readonly JobSpec Indexed = JobHistory.Simple(backoffLimit: null) with { CompletionMode = "Indexed", Completions = 2, Parallelism = 2, BackoffLimitPerIndex = 3 };

    [Fact]
    public void FailIndex_gives_up_the_index_whatever_its_limit()
    {
        PodFailurePolicyRule rule = new() { Action = "FailIndex", OnExitCodes = new PodFailurePolicyOnExitCodes { Operator = "In", Values = [42] } };
        JobHistory job = new(Indexed with { PodFailurePolicy = new PodFailurePolicy { Rules = [rule] } });
        job.Step();
        job.Finish(1, 42);
        job.Step();
        job.Status!.FailedIndexes.ShouldBe("0");
        job.Running.ShouldBe([1]);

        job.Finish(2, 0);
        job.Step();
        job.Conditions.ShouldBe([JobConditionTypes.FailureTarget, JobConditionTypes.Failed]);
        job.Status.Conditions![^1].Reason.ShouldBe("FailedIndexes");
        (job.Status.CompletedIndexes, job.Status.FailedIndexes).ShouldBe(("1", "0"));
    }

    [Fact]
    public void An_index_waits_for_its_own_failures_only()
    {
        JobHistory job = new(Indexed with { Completions = 3 });
        job.Step();
        job.Running.ShouldBe([0, 1]);
        job.Finish(1, 1);
        job.Step().LookAgain.ShouldBe(TimeSpan.FromSeconds(10));
        job.Running.ShouldBe([1, 2]);

        job.Finish(2, 0);
        job.Now += TimeSpan.FromSeconds(10);
        job.Step();
        job.Running.ShouldBe([0, 2]);

        job.Finish(4, 1);
        job.Step().LookAgain.ShouldBe(TimeSpan.FromSeconds(20));
        job.Status!.FailedIndexes.ShouldBe("");
    }

    [Fact]
    public void The_deadline_counts_before_failed_indexes()
    {
        JobHistory job = new(Indexed with { Completions = 1, Parallelism = 1, BackoffLimitPerIndex = 0, ActiveDeadlineSeconds = 5 });
        job.Step();
        job.Finish(1, 1);
        job.Now += TimeSpan.FromSeconds(5);
        job.Step();
        job.Status!.Conditions![^1].Reason.ShouldBe("DeadlineExceeded");
    }

    [Fact]
    public void A_job_that_shrinks_gives_up_its_highest_indexes_and_forgets_them()
    {
        JobHistory job = new(Indexed with { Completions = 4, Parallelism = 4 });
        job.Step();
        job.Finish(4, 0);
        job.Step();
        (job.Status!.Succeeded, job.Status.CompletedIndexes).ShouldBe((1, "3"));

        job.Spec = job.Spec with { Completions = 2, Parallelism = 2 };
        job.Step();
        job.Running.ShouldBe([0, 1]);
        (job.Status.Succeeded, job.Status.CompletedIndexes).ShouldBe((null, null));

        job.Spec = job.Spec with { Completions = 4, Parallelism = 4 };
        job.Pods.RemoveAll(static pod => pod.Metadata.DeletionTimestamp is not null);
        job.Step();
        job.Running.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public void Another_controllers_job_is_left_alone()
    {
        JobRules.IsOfOthers(Indexed).ShouldBeFalse();
        JobRules.IsOfOthers(Indexed with { ManagedBy = "kubernetes.io/job-controller" }).ShouldBeFalse();
        JobRules.IsOfOthers(Indexed with { ManagedBy = "kueue.x-k8s.io/multikueue" }).ShouldBeTrue();
    }
}
