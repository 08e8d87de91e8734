using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

public sealed class WorkflowDeciderTests
{
    private static readonly PodObservation Running = new() { IsRunning = true };

    [Fact]
    public void First_decision_records_the_run_and_starts_what_needs_nothing()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b", "a")).Turn();

        life.Status.Phase.ShouldBe(WorkflowPhases.Running);
        life.Status.Run.ShouldBe(1);
        life.Status.ObservedGeneration.ShouldBe(1);
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life["a"].Job.ShouldNotBeNull();
        life["b"].Phase.ShouldBe(StepPhases.Pending);
        life["b"].Waiting!.Reason.ShouldBe(WaitingReasons.Dependency);
        life.Decision.Starts.Select(start => start.Step.Name).ShouldBe(["a"]);
        Condition("Ready", life).ShouldBe(ConditionStatus.Unknown);
        Condition("Reconciling", life).ShouldBe(ConditionStatus.True);
    }

    [Fact]
    public void The_end_of_a_step_and_the_start_of_the_next_are_one_write()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b", "a")).Turn().Succeed("a");

        life["a"].Phase.ShouldBe(StepPhases.Succeeded);
        life["b"].Phase.ShouldBe(StepPhases.Starting);
        life.Decision.Starts.Single().Step.Name.ShouldBe("b");
    }

    [Fact]
    public void A_short_step_costs_no_write_for_Running()
    {
        Life life = new Life(Life.Step("a")).Turn();
        WorkflowStatus before = life.Status;

        life.See("a", new AttemptObservation { State = AttemptState.Active, Pod = Running with { StartedAt = life.Now } });

        Simulation.StatusText.Same(before, life.Status).ShouldBeTrue();
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromSeconds(1));
        life.After(TimeSpan.FromSeconds(1))["a"].Phase.ShouldBe(StepPhases.Running);
    }

    [Fact]
    public void All_steps_succeeded_is_Ready()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b")).Turn().Succeed("a").Succeed("b");

        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        life.Status.Progress.ShouldBe("2/2");
        life.Status.FinishedAt.ShouldNotBeNull();
        Condition("Ready", life).ShouldBe(ConditionStatus.True);
        Condition("Reconciling", life).ShouldBeNull();
        Condition("Stalled", life).ShouldBeNull();
    }

    [Fact]
    public void A_failed_step_omits_what_has_not_started_and_lets_the_rest_end()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b"), Life.Step("c", "b")).Turn().Fail("a", 3, "no space left");

        life["a"].Phase.ShouldBe(StepPhases.Failed);
        life["a"].ExitCode.ShouldBe(3);
        life["a"].Message.ShouldBe("exit code 3: no space left");
        life["b"].Phase.ShouldBe(StepPhases.Starting);
        life["c"].Phase.ShouldBe(StepPhases.Omitted);
        life.Status.Phase.ShouldBe(WorkflowPhases.Running);

        life.Succeed("b");
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        Condition("Ready", life).ShouldBe(ConditionStatus.False);
        Condition("Stalled", life).ShouldBe(ConditionStatus.True);
    }

    [Fact]
    public void A_retry_waits_until_an_absolute_time_and_is_a_new_job()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 1, Backoff = new RetryBackoff { Initial = new Duration("30s") } } }).Turn();
        string first = life["a"].Job!;
        DateTimeOffset due = life.Now + TimeSpan.FromSeconds(30);

        life.Fail("a");
        life["a"].Phase.ShouldBe(StepPhases.Waiting);
        life["a"].Waiting!.Until!.Value.Value.ShouldBe(due);
        life.Decision.WakeAt.ShouldBe(due);
        life.After(TimeSpan.FromSeconds(29))["a"].Phase.ShouldBe(StepPhases.Waiting);

        life.After(TimeSpan.FromSeconds(1))["a"].Phase.ShouldBe(StepPhases.Starting);
        life["a"].Attempt.ShouldBe(2);
        life["a"].Job.ShouldNotBe(first);
        life.Fail("a")["a"].Phase.ShouldBe(StepPhases.Failed);
        life.Status.Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData(RetryPolicies.OnFailure, true, false)]
    [InlineData(RetryPolicies.OnError, false, true)]
    [InlineData(RetryPolicies.Always, true, true)]
    public void The_policy_tells_failures_from_errors(string policy, bool onFailure, bool onError)
    {
        WorkflowStep step = Life.Step("a") with { Retry = new RetryPolicy { Limit = 1, Policy = policy } };

        (new Life(step).Turn().Fail("a")["a"].Attempt == 2).ShouldBe(onFailure);
        (new Life(step).Turn().See("a", new AttemptObservation { State = AttemptState.Refused, Message = "quota" })["a"].Attempt == 2).ShouldBe(onError);
    }

    [Fact]
    public void An_invalid_job_is_never_tried_again()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 5, Policy = RetryPolicies.Always } }).Turn()
            .See("a", new AttemptObservation { State = AttemptState.Refused, IsInvalid = true, Message = "spec.template: wrong" });

        life["a"].Phase.ShouldBe(StepPhases.Errored);
        life["a"].Reason.ShouldBe("InvalidJob");
        life.Status.Message.ShouldNotBeNull().ShouldContain("spec.template: wrong");
    }

    [Fact]
    public void A_job_that_was_deleted_is_a_lost_result_and_not_run_again()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 5, Policy = RetryPolicies.Always } }).Turn()
            .See("a", new AttemptObservation { State = AttemptState.Active, Pod = Running with { StartedAt = DateTimeOffset.UnixEpoch } });
        life["a"].Phase.ShouldBe(StepPhases.Running);

        life.Delete("a");
        life["a"].Phase.ShouldBe(StepPhases.Errored);
        life["a"].Reason.ShouldBe("ResultLost");
        life["a"].Attempt.ShouldBe(1);
    }

    [Fact]
    public void A_recorded_start_without_a_job_is_repeated_with_the_same_name()
    {
        Life life = new Life(Life.Step("a")).Turn();
        string job = life["a"].Job!;

        life.Delete("a").Decision.Starts.Single().Job.ShouldBe(job);
    }

    [Fact]
    public void An_image_that_cannot_be_pulled_is_shown_at_once_and_given_up_after_five_minutes()
    {
        AttemptObservation pulling = new() { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ImagePullBackOff", WaitingMessage = "no such image" } };
        Life life = new Life(Life.Step("a")).Turn().See("a", pulling);
        life["a"].Waiting!.Reason.ShouldBe(WaitingReasons.ImagePull);
        life["a"].Waiting!.Message.ShouldBe("no such image");
        life.Status.Waiting.ShouldBe("ImagePull: a");

        life.After(TimeSpan.FromMinutes(4))["a"].Phase.ShouldBe(StepPhases.Starting);
        life.After(TimeSpan.FromMinutes(1))["a"].Phase.ShouldBe(StepPhases.Errored);
        life["a"].Reason.ShouldBe("ImagePull");
        life.Decision.Stops.Count.ShouldBe(1);
    }

    [Fact]
    public void A_container_that_ended_while_nobody_looked_is_not_written_off_as_an_image_that_never_came()
    {
        Life life = new Life(Life.Step("a")).Turn().See("a", new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull" } });
        life.Now += TimeSpan.FromMinutes(6);

        life.See("a", new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { ExitCode = 0 } });
        life["a"].Phase.ShouldBe(StepPhases.Starting);
        life.Succeed("a").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void A_container_that_cannot_be_made_says_why_and_is_given_up_after_five_minutes()
    {
        AttemptObservation stuck = new() { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "CreateContainerConfigError", WaitingMessage = "no command" } };
        Life life = new Life(Life.Step("a")).Turn().See("a", stuck);
        life.Status.Waiting.ShouldBe("CreateContainerConfigError: a");
        life["a"].Waiting!.Message.ShouldBe("no command");

        life.After(TimeSpan.FromMinutes(5))["a"].Reason.ShouldBe("NotStarted");
    }

    [Fact]
    public void A_job_that_was_given_up_is_deleted_until_it_is_gone()
    {
        AttemptObservation pulling = new() { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull" } };
        Life life = new Life(Life.Step("a")).Turn().See("a", pulling).After(TimeSpan.FromMinutes(5));
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        string job = life.Decision.Stops.Single().Job;

        // The delete failed, or the operator died before it.
        life.See("a", pulling).Decision.Stops.Single().Job.ShouldBe(job);
    }

    [Fact]
    public void Jobs_of_runs_that_history_no_longer_shows_are_deleted()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn();
        string first = life["a"].Job!;
        for (int i = 0; i < 11; i++)
        {
            life.Decision.Stops.ShouldBeEmpty();
            life.Succeed("a").Change(spec with { RunToken = $"{i}" });
        }

        life.Decision.Stops.Single().Job.ShouldBe(first);
    }

    [Fact]
    public void A_retry_that_is_due_does_not_come_once_another_step_has_failed_for_good()
    {
        Life life = new Life(Life.Step("a") with { Retry = new RetryPolicy { Limit = 9, Backoff = new RetryBackoff { Initial = new Duration("1h") } } }, Life.Step("b")).Turn().Fail("a", 4);
        life["a"].Phase.ShouldBe(StepPhases.Waiting);

        life.Fail("b");
        life["a"].Phase.ShouldBe(StepPhases.Failed);
        life["a"].ExitCode.ShouldBe(4);
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
    }

    [Fact]
    public void Words_of_others_fit_into_the_status()
    {
        string page = string.Concat(Enumerable.Repeat("🎉", 4000));
        Life life = new Life(Life.Step("a")).Turn().See("a", new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull", WaitingMessage = page } });

        life["a"].Waiting!.Message!.Length.ShouldBeLessThanOrEqualTo(1024);
        life["a"].Waiting!.Message!.ShouldEndWith("🎉…");
    }

    [Fact]
    public void A_timeout_is_the_steps_own_failure()
    {
        Life life = new Life(Life.Step("a")).Turn().See("a", new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded" });

        life["a"].Phase.ShouldBe(StepPhases.Failed);
        life["a"].Reason.ShouldBe("DeadlineExceeded");
    }

    [Fact]
    public void A_change_during_a_run_waits_for_its_end_and_is_then_a_new_run()
    {
        Life life = new Life(Life.Step("a")).Turn();
        string digest = life.Status.SpecDigest!;
        life.Change(new WorkflowSpec { Steps = [Life.Step("a"), Life.Step("b")] });
        life.Status.Run.ShouldBe(1);
        life.Status.ObservedGeneration.ShouldBe(1);
        life.Status.Steps!.Count.ShouldBe(1);

        life.Succeed("a").Turn();
        life.Status.Run.ShouldBe(2);
        life.Status.ObservedGeneration.ShouldBe(2);
        life.Status.Steps!.Count.ShouldBe(2);
        life.Status.History!.Single().Run.ShouldBe(1);
        life.Status.History!.Single().SpecDigest.ShouldBe(digest);
    }

    [Fact]
    public void A_change_that_is_taken_back_during_a_run_is_no_new_run()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn().Change(new WorkflowSpec { Steps = [Life.Step("a"), Life.Step("b")] }).Change(spec).Succeed("a").Turn();

        life.Status.Run.ShouldBe(1);
        life.Status.ObservedGeneration.ShouldBe(3);
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void A_new_runToken_is_a_new_run()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn().Succeed("a").Change(spec with { RunToken = "again" });

        life.Status.Run.ShouldBe(2);
        life.Decision.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public void History_keeps_the_last_ten_runs()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn();
        for (int i = 0; i < 14; i++)
        {
            life.Succeed("a").Change(spec with { RunToken = $"{i}" });
        }

        life.Status.Run.ShouldBe(15);
        life.Status.History!.Select(run => run.Run).ShouldBe([14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
    }

    [Fact]
    public void A_spec_that_cannot_run_stalls_and_a_corrected_one_runs()
    {
        Life life = new Life(Life.Step("a", "b"), Life.Step("b", "a")).Turn();
        life.Status.Phase.ShouldBe(WorkflowPhases.Pending);
        Condition("Stalled", life).ShouldBe(ConditionStatus.True);
        life.Status.Message.ShouldNotBeNull().ShouldContain("a → b → a");
        life.Decision.Starts.ShouldBeEmpty();

        life.Change(new WorkflowSpec { Steps = [Life.Step("a"), Life.Step("b", "a")] });
        life.Status.Phase.ShouldBe(WorkflowPhases.Running);
        Condition("Stalled", life).ShouldBeNull();
    }

    [Fact]
    public void A_broken_change_after_a_run_stalls_and_taking_it_back_restores_the_result()
    {
        WorkflowSpec spec = new() { Steps = [Life.Step("a")] };
        Life life = new Life(spec).Turn().Succeed("a").Change(new WorkflowSpec { Steps = [Life.Step("a", "a")] });
        Condition("Stalled", life).ShouldBe(ConditionStatus.True);
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);

        life.Change(spec);
        life.Status.Run.ShouldBe(1);
        Condition("Ready", life).ShouldBe(ConditionStatus.True);
        Condition("Stalled", life).ShouldBeNull();
    }

    [Fact]
    public void The_time_of_a_condition_moves_only_when_its_status_flips()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b", "a")).Turn();
        Time? since = life.Status.Conditions!.Single(condition => condition.Type == "Ready").LastTransitionTime;

        life.After(TimeSpan.FromMinutes(1)).Succeed("a");
        life.Status.Conditions!.Single(condition => condition.Type == "Ready").LastTransitionTime.ShouldBe(since);
        life.Succeed("b").Status.Conditions!.Single(condition => condition.Type == "Ready").LastTransitionTime!.Value.Value.ShouldBe(life.Now);
    }

    [Fact]
    public void The_status_of_a_run_of_five_hundred_steps_fits()
    {
        Life life = new Life([.. Enumerable.Range(0, 500).Select(i => Life.Step($"a-step-of-some-{i}"))]).Turn();
        foreach (int i in Enumerable.Range(0, 500))
        {
            life.Succeed($"a-step-of-some-{i}");
        }

        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        Simulation.StatusText.Of(AgentOperator.Workflows.RunSpecs.RunSpecStore.Strip(life.Status)).Length.ShouldBeLessThan(256 * 1024);
    }

    private static string? Condition(string type, Life life) => life.Status.Conditions!.SingleOrDefault(condition => condition.Type == type)?.Status;
}
