using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Tests.Jobs;

public sealed class JobDeciderTests
{
    [Fact]
    public void A_success_is_announced_before_it_is_final()
    {
        JobHistory job = new(JobHistory.Simple());
        job.Step().Create.ShouldBe(1);
        job.Status!.Active.ShouldBe(1);
        job.Status.StartTime.ShouldNotBeNull();

        job.Finish(1, 0);
        job.Step();

        job.Conditions.ShouldBe([JobConditionTypes.SuccessCriteriaMet, JobConditionTypes.Complete]);
        job.Status.Conditions!.ShouldAllBe(condition => condition.Reason == "CompletionsReached");
        job.Status.Succeeded.ShouldBe(1);
        job.Status.Active.ShouldBeNull();
        job.Status.CompletionTime.ShouldNotBeNull();
    }

    [Fact]
    public void A_failure_beyond_the_backoff_limit_fails_the_job()
    {
        JobHistory job = new(JobHistory.Simple());
        job.Step();
        job.Finish(1, 3);
        job.Step().Create.ShouldBe(0);

        job.Conditions.ShouldBe([JobConditionTypes.FailureTarget, JobConditionTypes.Failed]);
        job.Status!.Conditions!.ShouldAllBe(condition => condition.Reason == "BackoffLimitExceeded" && condition.Message == "Job has reached the specified backoff limit");
        job.Status.Failed.ShouldBe(1);
        job.Status.CompletionTime.ShouldBeNull();
    }

    [Fact]
    public void Replacements_wait_ten_seconds_doubling_after_each_failure()
    {
        JobHistory job = new(JobHistory.Simple(backoffLimit: 6));
        job.Step();
        int pod = 1;
        foreach (int delay in (int[])[10, 20, 40, 80])
        {
            job.Finish(pod++, 1);
            JobDecision decision = job.Step();
            decision.Create.ShouldBe(0);
            decision.LookAgain.ShouldBe(TimeSpan.FromSeconds(delay));
            job.Now += TimeSpan.FromSeconds(delay);
            job.Step().Create.ShouldBe(1);
        }

        job.Status!.Failed.ShouldBe(4);
    }

    [Fact]
    public void The_default_backoff_limit_is_six()
    {
        JobHistory job = new(JobHistory.Simple(backoffLimit: null));
        for (int pod = 1; pod <= 7; pod++)
        {
            job.Step().Create.ShouldBe(1);
            job.Finish(pod, 1);
            job.Now += TimeSpan.FromHours(1);
        }

        job.Step();
        job.Conditions.ShouldContain(JobConditionTypes.Failed);
        job.Status!.Failed.ShouldBe(7);
    }

    [Fact]
    public void Completions_run_with_no_more_than_parallelism_at_once()
    {
        JobHistory job = new(JobHistory.Simple() with { Completions = 5, Parallelism = 2 });
        job.Step().Create.ShouldBe(2);
        for (int pod = 1; pod <= 5; pod++)
        {
            job.Pods.Count(static candidate => candidate.IsActive()).ShouldBeLessThanOrEqualTo(2);
            job.Finish(pod, 0);
            job.Step();
        }

        job.Conditions.ShouldContain(JobConditionTypes.Complete);
        job.Pods.Count.ShouldBe(5);
    }

    [Fact]
    public void A_pod_is_counted_once_even_when_it_is_deleted_later()
    {
        JobHistory job = new(JobHistory.Simple() with { Completions = 2, Parallelism = 1 });
        job.Step();
        job.Finish(1, 0);
        job.Step();
        job.Remove(1);
        job.Step();
        job.Status!.Succeeded.ShouldBe(1);
        job.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_that_vanished_while_it_ran_is_a_failure()
    {
        JobHistory job = new(JobHistory.Simple());
        job.Step();
        job.Remove(1);
        job.Step();
        job.Status!.Failed.ShouldBe(1);
        job.Conditions.ShouldContain(JobConditionTypes.Failed);
    }

    [Fact]
    public void The_deadline_ends_pods_and_fails_the_job_only_when_they_have_ended()
    {
        JobHistory job = new(JobHistory.Simple(backoffLimit: 6) with { ActiveDeadlineSeconds = 30 });
        job.Step().LookAgain.ShouldBe(TimeSpan.FromSeconds(30));
        job.Now += TimeSpan.FromSeconds(30);
        job.Step().Delete.Count.ShouldBe(1);
        job.Conditions.ShouldBe([JobConditionTypes.FailureTarget]);
        job.Status!.Terminating.ShouldBe(1);

        job.Finish(1, 143);
        job.Step();
        job.Conditions.ShouldBe([JobConditionTypes.FailureTarget, JobConditionTypes.Failed]);
        job.Status.Conditions!.ShouldAllBe(condition => condition.Reason == "DeadlineExceeded" && condition.Message == "Job was active longer than specified deadline");
    }

    [Fact]
    public void Suspension_ends_pods_and_clears_the_start_and_resuming_starts_the_deadline_anew()
    {
        JobHistory job = new(JobHistory.Simple() with { ActiveDeadlineSeconds = 30 });
        job.Step();
        job.Now += TimeSpan.FromSeconds(20);
        job.Spec = job.Spec with { Suspend = true };
        job.Step().Delete.Count.ShouldBe(1);
        job.Status!.StartTime.ShouldBeNull();
        job.Conditions.ShouldBe([JobConditionTypes.Suspended]);
        job.Finish(1, 143);
        job.Remove(1);
        job.Step().Create.ShouldBe(0);

        job.Now += TimeSpan.FromHours(1);
        job.Spec = job.Spec with { Suspend = false };
        job.Step().Create.ShouldBe(1);
        job.Status.StartTime!.Value.Value.ShouldBe(job.Now);
        job.Conditions.ShouldBeEmpty();
        job.Status.Conditions!.Single().Reason.ShouldBe("JobResumed");
        job.Status.Failed.ShouldBeNull();
    }

    [Fact]
    public void FailJob_fails_at_once_whatever_the_backoff_limit()
    {
        JobHistory job = new(JobHistory.Simple(backoffLimit: 6) with { PodFailurePolicy = OnExitCode("FailJob", "In", 42) });
        job.Step();
        job.Finish(1, 42);
        job.Step();
        JobCondition failed = job.Status!.Conditions!.Single(static condition => condition.Type == JobConditionTypes.Failed);
        failed.Reason.ShouldBe("PodFailurePolicy");
        failed.Message.ShouldBe("Container main for pod ns/pod-1 failed with exit code 42 matching FailJob rule at index 0");
    }

    [Fact]
    public void Ignore_replaces_the_pod_without_using_up_an_attempt()
    {
        JobHistory job = new(JobHistory.Simple() with
        {
            PodFailurePolicy = new PodFailurePolicy
            {
                Rules = [new PodFailurePolicyRule { Action = "Ignore", OnPodConditions = [new PodFailurePolicyOnPodCondition { Type = "DisruptionTarget", Status = "True" }] }],
            },
        });
        job.Step();
        job.Finish(1, 143, new PodCondition { Type = "DisruptionTarget", Status = "True" });
        job.Step().Create.ShouldBe(1);
        job.Status!.Failed.ShouldBeNull();
    }

    [Theory]
    [InlineData("Count", "In", 7, "Failed")]
    [InlineData("Ignore", "NotIn", 7, "Failed")]
    [InlineData("Ignore", "In", 7, null)]
    public void The_first_rule_that_matches_decides(string action, string op, int value, string? condition)
    {
        JobHistory job = new(JobHistory.Simple() with { PodFailurePolicy = OnExitCode(action, op, value) });
        job.Step();
        job.Finish(1, 7);
        job.Step();
        job.Conditions.LastOrDefault().ShouldBe(condition);
    }

    [Fact]
    public void A_terminating_pod_is_replaced_at_once_unless_the_policy_says_Failed()
    {
        JobHistory eager = new(JobHistory.Simple(backoffLimit: 6));
        eager.Step();
        Terminate(eager);
        eager.Step().LookAgain.ShouldBe(TimeSpan.FromSeconds(10));
        eager.Status!.Failed.ShouldBe(1);
        eager.Now += TimeSpan.FromSeconds(10);
        eager.Step().Create.ShouldBe(1);

        JobHistory patient = new(JobHistory.Simple(backoffLimit: 6) with { PodReplacementPolicy = "Failed" });
        patient.Step();
        Terminate(patient);
        patient.Now += TimeSpan.FromHours(1);
        patient.Step().Create.ShouldBe(0);
        patient.Status!.Terminating.ShouldBe(1);
        patient.Finish(1, 143);
        patient.Now += TimeSpan.FromHours(1);
        patient.Step().Create.ShouldBe(1);
        patient.Status.Failed.ShouldBe(1);
    }

    [Fact]
    public void A_finished_job_expires_after_its_time_to_live()
    {
        JobHistory job = new(JobHistory.Simple() with { TtlSecondsAfterFinished = 60 });
        job.Step();
        job.Finish(1, 0);
        job.Step();
        job.Step().LookAgain.ShouldBe(TimeSpan.FromSeconds(60));
        job.Now += TimeSpan.FromSeconds(60);
        job.Step().Expired.ShouldBeTrue();
    }

    [Fact]
    public void A_finished_job_does_not_change_any_more()
    {
        JobHistory job = new(JobHistory.Simple());
        job.Step();
        job.Finish(1, 0);
        job.Step();
        JobStatus before = job.Status!;
        job.Remove(1);
        JobDecision decision = job.Step();
        decision.Status.ShouldBeSameAs(before);
        decision.Create.ShouldBe(0);
    }

    private static PodFailurePolicy OnExitCode(string action, string op, int value) => new()
    {
        Rules = [new PodFailurePolicyRule { Action = action, OnExitCodes = new PodFailurePolicyOnExitCodes { Operator = op, Values = [value] } }],
    };

    private static void Terminate(JobHistory job) =>
        job.Pods[0] = job.Pods[0] with { Metadata = job.Pods[0].Metadata with { DeletionTimestamp = new Time(job.Now) } };
}
