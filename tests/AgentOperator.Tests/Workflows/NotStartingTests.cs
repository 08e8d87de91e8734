using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

/// <summary>Attempts that do not come to run: what the user sees of them, and when they are given up.</summary>
public sealed class NotStartingTests
{
    [Fact]
    public void A_job_that_gets_no_pod_is_said_after_ten_seconds_and_given_up_after_five_minutes()
    {
        Life life = new Life(Life.Step("a")).Turn();
        WorkflowStatus before = life.Status;
        life.See("a", Podless(life.Now));
        Simulation.StatusText.Same(before, life.Status).ShouldBeTrue();
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromSeconds(10));

        life.After(TimeSpan.FromSeconds(10)).Status.Waiting.ShouldBe("NoPod: a");
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life["a"].Waiting!.Message.ShouldNotBeNull().ShouldContain($"kubectl describe job {life["a"].Job}");
        life.News.Single().ShouldStartWith("Warning StepWaiting: step a waits: NoPod");
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromMinutes(5));

        life.After(TimeSpan.FromMinutes(5))["a"].Phase.ShouldBe(StepPhases.Errored);
        life["a"].Reason.ShouldBe("NotStarted");
        life["a"].Message.ShouldNotBeNull().ShouldContain("kubectl describe job");
        life.Decision.Stops.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(RetryPolicies.OnFailure, 1)]
    [InlineData(RetryPolicies.OnError, 2)]
    public void A_job_that_got_no_pod_is_tried_again_as_an_error(string policy, int attempts)
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 1, Policy = policy } }).Turn();

        life.See("a", Podless(life.Now)).After(TimeSpan.FromSeconds(10)).After(TimeSpan.FromMinutes(5))["a"].Attempt.ShouldBe(attempts);
    }

    [Fact]
    public void A_pod_that_comes_after_all_ends_the_wait()
    {
        Life life = new Life(Life.Step("a")).Turn();
        life.See("a", Podless(life.Now)).After(TimeSpan.FromMinutes(4));
        life.See("a", Podless(life.Now) with { Pod = new PodObservation { IsRunning = true, StartedAt = life.Now } })["a"].Waiting.ShouldBeNull();

        life.After(TimeSpan.FromMinutes(5))["a"].Phase.ShouldBe(StepPhases.Running);
    }

    [Fact]
    public void A_job_that_is_to_have_no_pod_is_left_alone()
    {
        Life life = new Life(Life.Step("a")).Turn();
        life.See("a", Podless(life.Now) with { WantsPod = false }).After(TimeSpan.FromHours(1));

        life["a"].Waiting.ShouldBeNull();
        life["a"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    public void A_container_that_is_long_in_the_making_is_said_and_never_given_up(string reason)
    {
        Life life = new Life(Life.Step("a")).Turn();
        WorkflowStatus before = life.Status;
        life.See("a", Podless(life.Now) with { Pod = new PodObservation { WaitingReason = reason } });
        Simulation.StatusText.Same(before, life.Status).ShouldBeTrue();

        life.After(TimeSpan.FromSeconds(10)).Status.Waiting.ShouldBe($"{reason}: a");
        life["a"].Waiting!.Message.ShouldNotBeNull().ShouldContain($"kubectl describe pod -l batch.kubernetes.io/job-name={life["a"].Job}");
        life.Decision.WakeAt.ShouldBeNull();
        life.After(TimeSpan.FromHours(1))["a"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_replaced_pod_whose_image_came_late_is_not_given_up_while_it_runs()
    {
        PodObservation running = new() { IsRunning = true, StartedAt = DateTimeOffset.UnixEpoch };
        AttemptObservation seen = new() { State = AttemptState.Active, Pod = running };
        Life life = new Life(Life.Step("a")).Turn().See("a", seen);
        life["a"].Phase.ShouldBe(StepPhases.Running);

        life.See("a", seen with { Pod = new PodObservation { WaitingReason = "ErrImagePull" } }).Status.Waiting.ShouldBe("ImagePull: a");
        life.See("a", seen).Status.Waiting.ShouldBeNull();
        life.After(TimeSpan.FromMinutes(6))["a"].Phase.ShouldBe(StepPhases.Running);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("Suspended", false)]
    [InlineData("FailureTarget", false)]
    [InlineData("SuccessCriteriaMet", false)]
    [InlineData("Failed", false)]
    public void A_job_wants_a_pod_until_it_is_suspended_or_ends(string? condition, bool wantsPod)
    {
        DateTimeOffset then = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        StepJob job = new()
        {
            Metadata = new ObjectMeta { Name = "j", Uid = "u", CreationTimestamp = new Time(then) },
            Status = new JobStatus { Conditions = condition is null ? null : [new JobCondition { Type = condition, Status = ConditionStatus.True }] },
        };

        JobReader.Read(job).WantsPod.ShouldBe(wantsPod);
        JobReader.Read(job).CreatedAt.ShouldBe(then);
        JobReader.Read(job with { Metadata = job.Metadata with { DeletionTimestamp = new Time(then) } }).WantsPod.ShouldBeFalse();
    }

    private static AttemptObservation Podless(DateTimeOffset created) => new() { State = AttemptState.Active, WantsPod = true, CreatedAt = created };
}
