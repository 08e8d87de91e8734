using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows;

public sealed class CheckpointTests
{
    private static readonly StepOutput[] Score = [new StepOutput { Name = "score", Type = ValueTypes.Integer }];

    private static Life Scored(StepCheckpoint checkpoint, int score) => new Life(
        Life.Step("review") with { Outputs = Score, Checkpoint = checkpoint },
        Life.Step("deploy", "review")).Turn().Succeed("review", $$"""{"score":{{score}}}""");

    private static StepCheckpoint Below80(string action, string? timeout = null) => new() { When = "steps.review.outputs.score < 80", Action = action, Timeout = timeout is null ? null : new Duration(timeout) };

    [Fact]
    public void A_pause_holds_what_comes_next_until_somebody_resumes()
    {
        Life life = Scored(Below80(CheckpointActions.Pause, "1h"), 70);
        life["review"].Phase.ShouldBe(StepPhases.Waiting);
        life["review"].Waiting!.ShouldSatisfyAllConditions(
            waiting => waiting.Reason.ShouldBe(WaitingReasons.Checkpoint),
            waiting => waiting.Until!.Value.Value.ShouldBe(life.Now.AddHours(1)),
            waiting => waiting.Message.ShouldNotBeNull().ShouldContain("agentoperator.dev/resume=1/review"));
        life["deploy"].Phase.ShouldBe(StepPhases.Pending);
        life.Status.Waiting.ShouldBe("Checkpoint: review");

        life.Annotate(RequestAnnotations.Resume, "1/review");
        life["review"].Phase.ShouldBe(StepPhases.Succeeded);
        life["deploy"].Phase.ShouldBe(StepPhases.Starting);
        life.News.ShouldContain("Normal CheckpointPassed: the run goes on behind the checkpoint of step review");
    }

    [Fact]
    public void A_pause_that_nobody_ends_fails_the_step()
    {
        Life life = Scored(Below80(CheckpointActions.Pause, "1h"), 70).After(TimeSpan.FromHours(1));
        life["review"].Reason.ShouldBe("CheckpointTimeout");
    }

    [Fact]
    public void A_pause_does_not_count_against_the_time_of_the_run()
    {
        Life life = new Life(new WorkflowSpec
        {
            Steps = [Life.Step("review") with { Checkpoint = new StepCheckpoint { Action = CheckpointActions.Pause } }, Life.Step("deploy", "review")],
            Timeouts = new RunTimeouts { Run = new Duration("10m") },
        }).Turn().Succeed("review").Turn();
        life.After(TimeSpan.FromHours(5));
        life.Annotate(RequestAnnotations.Resume, "1/review");

        life["deploy"].Phase.ShouldBe(StepPhases.Starting);
        life.After(TimeSpan.FromMinutes(11)).Status.Stop!.Reason.ShouldBe(StopReasons.DeadlineExceeded);
    }

    [Fact]
    public void Fail_fails_notify_tells_and_what_does_not_apply_does_nothing()
    {
        Scored(Below80(CheckpointActions.Fail), 70)["review"].Reason.ShouldBe("CheckpointFailed");

        Life notified = Scored(Below80(CheckpointActions.Notify), 70);
        notified["deploy"].Phase.ShouldBe(StepPhases.Starting);
        notified.News.ShouldContain("Warning CheckpointReached: the checkpoint of step review applies (Notify)");

        Life fine = Scored(Below80(CheckpointActions.Pause), 90);
        fine["deploy"].Phase.ShouldBe(StepPhases.Starting);
        fine["review"].Checkpoint.ShouldBeNull();
    }

    [Fact]
    public void At_the_next_visit_of_a_loop_the_command_that_is_shown_lets_the_run_go_on()
    {
        Life life = new Life(Life.Step("review") with
        {
            Outputs = Score,
            Checkpoint = new StepCheckpoint { Action = CheckpointActions.Pause },
            Next = new StepNext { Goto = "review", When = "steps.review.outputs.score < 80", MaxVisits = 3 },
        }).Turn().Succeed("review", """{"score":70}""").Annotate(RequestAnnotations.Resume, "1/review");
        life.Succeed("review", """{"score":90}""");
        life["review"].Waiting!.Message.ShouldNotBeNull().ShouldContain("agentoperator.dev/resume=1.2/review");

        life.Annotate(RequestAnnotations.Resume, "1.1/review").Status.LastHandledRequest!.Message.ShouldNotBeNull().ShouldContain("visit 1 of step review is not the current one (2)");
        life.Annotate(RequestAnnotations.Resume, "1.2/review").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Theory]
    [InlineData("2/review", "run 2 is not the current one (1)")]
    [InlineData("1.x/review", "write RUN/STEP")]
    [InlineData("1/deploy", "no checkpoint of step deploy holds this run")]
    [InlineData("yes", "write RUN/STEP")]
    public void A_resume_that_means_nothing_is_told(string request, string why)
    {
        Life life = Scored(Below80(CheckpointActions.Pause), 70).Annotate(RequestAnnotations.Resume, request);
        life.Status.LastHandledRequest!.Message.ShouldNotBeNull().ShouldContain(why);
        life["review"].Phase.ShouldBe(StepPhases.Waiting);
    }

    [Fact]
    public void A_step_that_was_held_when_the_run_ended_is_undone()
    {
        Life life = new Life(
            Life.Step("review") with { Checkpoint = new StepCheckpoint { Action = CheckpointActions.Pause }, Compensate = new StepCompensation { Container = new ContainerStep { Image = "undo:1" } } },
            Life.Step("other")).Turn().Succeed("review").Fail("other");

        life.Status.Compensations!.Single().Phase.ShouldBe(StepPhases.Starting);
    }
}
