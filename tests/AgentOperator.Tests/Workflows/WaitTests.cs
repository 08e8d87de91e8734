using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows;

public sealed class WaitTests
{
    private static WorkflowStep Wait(WaitStep wait) => new() { Name = "wait", Wait = wait };

    private static WorkflowStep Event(string? timeout = null, string? onTimeout = null) =>
        Wait(new WaitStep { Event = new WaitEvent { Name = "paid", Timeout = timeout is null ? null : new Duration(timeout), OnTimeout = onTimeout } }) with { Outputs = [new StepOutput { Name = "amount", Type = ValueTypes.Integer }] };

    [Fact]
    public void A_duration_is_waited_for_and_its_end_is_on_record()
    {
        Life life = new Life(Wait(new WaitStep { Duration = new Duration("15m") }), Life.Step("next", "wait")).Turn();
        life["wait"].Waiting!.Reason.ShouldBe(WaitingReasons.Timer);
        life["wait"].Waiting!.Until!.Value.Value.ShouldBe(life.Now.AddMinutes(15));
        life.Decision.WakeAt.ShouldBe(life.Now.AddMinutes(15));
        life.Decision.Starts.ShouldBeEmpty();

        life.After(TimeSpan.FromMinutes(14))["wait"].Phase.ShouldBe(StepPhases.Waiting);
        life.After(TimeSpan.FromMinutes(1))["next"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_time_may_come_from_a_param_and_one_that_has_passed_does_not_wait()
    {
        WorkflowSpec Until(string time) => new()
        {
            Params = [new WorkflowParameter { Name = "at", Value = JsonElement.Parse($"\"{time}\"") }],
            Steps = [Wait(new WaitStep { Until = "{{ params.at }}" })],
        };
        new Life(Until("2026-05-01T13:00:00Z")).Turn()["wait"].DueAt!.Value.Value.ShouldBe(new DateTimeOffset(2026, 5, 1, 13, 0, 0, TimeSpan.Zero));
        new Life(Until("2020-05-01T13:00:00Z")).Turn().Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        new Life(Until("tomorrow")).Turn()["wait"].Message.ShouldBe("wait.until: tomorrow is no RFC 3339 time, such as 2026-05-01T12:00:00Z");
    }

    [Fact]
    public void An_event_ends_the_wait_and_gives_the_outputs()
    {
        Life life = new Life(Event(), Life.Step("next", "wait")).Turn();
        life["wait"].Waiting!.Reason.ShouldBe(WaitingReasons.Event);
        life.Annotate("event.agentoperator.dev/paid", """1/{"amount": 3}""");

        life["wait"].Outputs!["amount"].GetInt32().ShouldBe(3);
        life["next"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Theory]
    [InlineData("""2/{"amount": 3}""", "what came is for run 2, and this is run 1")]
    [InlineData("""1/{"amount": "x"}""", "output amount is declared as integer, but is a string")]
    [InlineData("1/no", "the event's payload is not JSON")]
    [InlineData("1/", "the event's payload is empty")]
    public void An_event_that_cannot_be_taken_is_told_and_the_wait_goes_on(string text, string why)
    {
        Life life = new Life(Event()).Turn().Annotate("event.agentoperator.dev/paid", text);
        life["wait"].Phase.ShouldBe(StepPhases.Waiting);
        life["wait"].Waiting!.Message.ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void An_event_that_came_for_one_visit_of_a_loop_is_not_taken_for_the_next()
    {
        Life life = new Life(Event() with { Next = new StepNext { Goto = "wait", When = "steps.wait.outputs.amount > 0", MaxVisits = 5 } }).Turn();
        life.Annotate("event.agentoperator.dev/paid", """1/{"amount": 3}""");
        life["wait"].Phase.ShouldBe(StepPhases.Waiting);
        life["wait"].Visit.ShouldBe(2);
        life.Turn()["wait"].Waiting!.Message.ShouldNotBeNull().ShouldContain("what came is for run 1, and this is run 1.2");
        life["wait"].Waiting!.Message!.ShouldContain("event.agentoperator.dev/paid='1.2/{}'");

        life.Annotate("event.agentoperator.dev/paid", """1.2/{"amount": 0}""");
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void An_event_that_does_not_come_fails_or_skips_the_step()
    {
        new Life(Event("1h")).Turn().After(TimeSpan.FromHours(1))["wait"].Reason.ShouldBe("EventTimeout");
        new Life(Event("1h", WaitTimeoutActions.Skip)).Turn().After(TimeSpan.FromHours(1)).Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public void A_cancel_ends_the_wait()
    {
        Life life = new Life(Event()).Turn().Cancel("1/Graceful");
        life.Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        life["wait"].Phase.ShouldBe(StepPhases.Omitted);
    }
}
