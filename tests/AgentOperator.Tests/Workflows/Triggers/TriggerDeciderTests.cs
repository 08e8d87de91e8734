using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Triggers.Children;

namespace AgentOperator.Tests.Workflows.Triggers;

public sealed class TriggerDeciderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_scheduled_time_becomes_one_Workflow_that_is_named_after_it_and_runs_the_definition()
    {
        DefinitionLife life = new(DefinitionLife.Cron("nightly", "*/5 * * * *"));
        life.Turn().Runs.ShouldBeEmpty();
        life.Trigger("nightly").Next!.Value.Value.ShouldBe(new DateTimeOffset(2026, 5, 1, 12, 5, 0, TimeSpan.Zero));
        life.Decision.WakeAt.ShouldBe(new DateTimeOffset(2026, 5, 1, 12, 5, 0, TimeSpan.Zero));

        life.After(5 * Minute).Turn();

        Workflow child = life.Children.Single();
        child.Metadata.Name!.ShouldStartWith("d-nightly-202605011205-");
        (child.Label(Labels.Parent), child.Label(Labels.Trigger), child.Annotation(Labels.Event), child.ControllerOwner()!.Uid).ShouldBe(("d", "nightly", "2026-05-01T12:05:00Z", "0d6f"));
        (child.Spec.Triggers, child.Spec.Steps).ShouldBe((null, life.Workflow.Spec.Steps));
        life.Status.Children!.Single().ShouldBe(new ChildRun { Name = child.Metadata.Name!, Trigger = "nightly", Event = "2026-05-01T12:05:00Z", Phase = StepPhases.Running, At = new MicroTime(life.Now) });
        (life.Status.Phase, life.Status.Step, life.Status.Waiting).ShouldBe((WorkflowPhases.Running, child.Metadata.Name, "2026-05-01T12:10:00Z nightly"));
        Ready(life).ShouldBe((ConditionStatus.True, "Scheduled", "runs next at 2026-05-01T12:10:00Z by nightly; 1 run is under way"));
    }

    [Fact]
    public void Params_come_from_the_event_with_their_types_and_the_others_keep_the_definitions()
    {
        WorkflowSpec spec = DefinitionLife.SpecOf(DefinitionLife.Hook("push") with
        {
            When = "event.body.ref.startsWith('refs/heads/')",
            Params = [Value("branch", "\"b: {{ event.body.ref }}\""), Value("size", "\"{{ event.body.size }}\""), Value("commits", "{\"ids\": [\"{{ event.body.commits.map(c, c.id) }}\"]}")],
        }) with
        {
            Params =
            [
                new WorkflowParameter { Name = "branch", Required = true },
                new WorkflowParameter { Name = "size", Type = ValueTypes.Integer },
                new WorkflowParameter { Name = "commits", Type = ValueTypes.Object },
                new WorkflowParameter { Name = "other", Value = JsonElement.Parse("\"kept\"") },
            ],
        };
        DefinitionLife life = new(spec);

        life.Deliver("push", "e1", """{"ref":"refs/heads/main","size":2,"commits":[{"id":"x"},{"id":"y"}]}""");
        life.News.Single().ShouldStartWith("Normal TriggerFired");
        life.Deliver("push", "e2", """{"ref":"refs/tags/v1"}""");

        Workflow child = life.Children.Single();
        child.Spec.Params!.Select(static parameter => parameter.Value?.GetRawText()).ShouldBe(["\"b: refs/heads/main\"", "2", "{\"ids\":[[\"x\",\"y\"]]}", "\"kept\""]);
        (life.Trigger("push").LastEvent!.Id, life.Trigger("push").LastEvent!.Outcome).ShouldBe(("e2", EventOutcomes.Filtered));
    }

    [Fact]
    public void An_event_that_cannot_be_run_is_refused_with_the_reason_and_the_next_one_runs()
    {
        WorkflowSpec spec = DefinitionLife.SpecOf(DefinitionLife.Hook("push") with { Params = [Value("size", "\"{{ event.body.size }}\"")] }) with { Params = [new WorkflowParameter { Name = "size", Type = ValueTypes.Integer, Required = true }] };
        DefinitionLife life = new(spec);

        life.Deliver("push", "e1", """{"size":"big"}""");
        life.News.Single().ShouldBe("Warning TriggerRefused: push: event e1 was not run: param size is declared as integer, but its value is a string: correct spec.params[size].value or its type");
        life.Deliver("push", "e2", "{}");
        life.Trigger("push").LastEvent!.Outcome.ShouldBe(EventOutcomes.Refused);
        life.Trigger("push").LastEvent!.Message!.ShouldContain("no such key");
        life.Deliver("push", "e3", """{"size":3}""");

        life.Runs.ShouldBe(["e3"]);
        Ready(life).Status.ShouldBe(ConditionStatus.True);
    }

    [Theory]
    [InlineData(ConcurrencyPolicies.Forbid, "e1", "e1")]
    [InlineData(ConcurrencyPolicies.Allow, "e1 e2 e3", "e1 e2 e3")]
    [InlineData(ConcurrencyPolicies.Queue, "e1", "e1 e2 e3")]
    [InlineData(ConcurrencyPolicies.Replace, "e1", "e1 e3")]
    public void Events_during_a_run_do_what_concurrency_says(string policy, string during, string inTheEnd)
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Hook("push")) with { Concurrency = policy });
        life.Deliver("push", "e1");
        life.See("e1", WorkflowPhases.Running);
        life.Deliver("push", "e2");
        life.After(Minute);
        life.Deliver("push", "e3");
        life.Turn();
        string.Join(' ', life.Runs).ShouldBe(during);
        (life.ChildOf("e1").Annotation(RequestAnnotations.Cancel) is not null).ShouldBe(policy == ConcurrencyPolicies.Replace);

        foreach (string id in new[] { "e1", "e2", "e3" }.Where(id => life.Runs.Contains(id) || policy == ConcurrencyPolicies.Queue))
        {
            life.See(id, WorkflowPhases.Succeeded).Turn();
        }

        string.Join(' ', life.Runs).ShouldBe(inTheEnd);
        life.Deliveries.ShouldAllBe(static delivery => delivery.Data == null || !delivery.IsHandled);
    }

    [Fact]
    public void An_event_that_comes_again_starts_nothing_even_when_its_Workflow_is_gone_for_a_day()
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Hook("push")) with { HistoryLimit = 0 });
        life.Deliver("push", "e1").ShouldBeTrue();
        life.Deliver("push", "e1").ShouldBeFalse();
        life.See("e1", WorkflowPhases.Succeeded).Turn();
        life.Runs.ShouldBeEmpty();

        life.After(TimeSpan.FromHours(23));
        life.Deliver("push", "e1").ShouldBeFalse();
        life.Runs.ShouldBeEmpty();
        life.Decision.WakeAt.ShouldBe(life.Now + TimeSpan.FromHours(1));
        life.After(TimeSpan.FromHours(1)).Deliveries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, null, "2026-05-01T15:30:00Z")]
    [InlineData(MissedRunPolicies.All, null, "2026-05-01T13:00:00Z 2026-05-01T13:30:00Z 2026-05-01T14:00:00Z 2026-05-01T14:30:00Z 2026-05-01T15:00:00Z 2026-05-01T15:30:00Z")]
    [InlineData(MissedRunPolicies.All, "45m", "2026-05-01T15:00:00Z 2026-05-01T15:30:00Z")]
    [InlineData(MissedRunPolicies.Skip, null, "")]
    [InlineData(null, "10m", "")]
    public void After_a_time_in_which_nobody_looked_missedRuns_and_startingDeadline_say_what_runs(string? policy, string? deadline, string expected)
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Cron("half-hourly", "*/30 * * * *") with { MissedRuns = policy, StartingDeadline = deadline is null ? null : new Duration(deadline) }) with { Concurrency = ConcurrencyPolicies.Allow });
        life.Turn().After(TimeSpan.FromMinutes(30)).Turn();
        life.Runs.ShouldBe(["2026-05-01T12:30:00Z"]);

        life.After(TimeSpan.FromMinutes(192)).Turn();

        string.Join(' ', life.Runs.Skip(1)).ShouldBe(expected);
    }

    [Fact]
    public void A_definition_that_nobody_saw_yet_makes_up_for_times_since_its_creation_and_a_schedule_that_comes_later_does_not()
    {
        DefinitionLife life = new(DefinitionLife.Cron("a", "*/5 * * * *"));
        life.After(6 * Minute);
        life.Runs.ShouldBe(["2026-05-01T12:05:00Z"]);
        life.See("2026-05-01T12:05:00Z", WorkflowPhases.Succeeded);

        life.Now += 6 * Minute;
        life.Change(DefinitionLife.SpecOf(DefinitionLife.Cron("a", "*/10 * * * *")));
        life.Turn().Runs.ShouldBe(["2026-05-01T12:05:00Z"]);
        life.After(8 * Minute).Runs.Count.ShouldBe(2);
    }

    [Fact]
    public void While_it_is_suspended_times_pass_and_events_wait()
    {
        WorkflowSpec spec = DefinitionLife.SpecOf(DefinitionLife.Cron("a", "* * * * *"), DefinitionLife.Hook("push"));
        DefinitionLife life = new(spec with { Suspend = true });
        life.Turn();
        WorkflowStatus before = life.Status;
        StatusText.Of(life.After(10 * Minute).Status).ShouldBe(StatusText.Of(before));
        life.Deliver("push", "e1");
        life.Runs.ShouldBeEmpty();
        (life.Status.Phase, Ready(life)).ShouldBe((WorkflowPhases.Suspended, (ConditionStatus.True, "Suspended", "suspended by spec.suspend: no run starts, and scheduled times pass; 1 event waits")));

        life.Change(spec);
        life.Turn().Runs.ShouldBe(["e1"]);
        life.See("e1", WorkflowPhases.Succeeded).After(Minute).Runs.ShouldBe(["e1", "2026-05-01T12:11:00Z"]);
    }

    [Fact]
    public void Ended_Workflows_beyond_historyLimit_go_and_those_under_way_stay()
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Hook("push")) with { HistoryLimit = 2, Concurrency = ConcurrencyPolicies.Allow });
        foreach (string id in new[] { "e1", "e2", "e3", "e4", "e5" })
        {
            life.Deliver("push", id);
            life.After(Minute);
        }

        foreach (string id in new[] { "e2", "e3", "e4" })
        {
            life.See(id, WorkflowPhases.Succeeded).After(Minute);
        }

        life.Runs.ShouldBe(["e1", "e3", "e4", "e5"]);
    }

    [Fact]
    public void A_Workflow_that_can_never_begin_does_not_stand_in_the_way()
    {
        DefinitionLife life = new(DefinitionLife.Hook("push"));
        life.Deliver("push", "e1");
        life.See("e1", WorkflowPhases.Pending, "Refused: Cycle").Turn();
        life.Deliver("push", "e2");
        life.Runs.ShouldBe(["e1", "e2"]);
    }

    [Fact]
    public void A_run_on_apply_is_an_event_of_each_change_of_what_runs()
    {
        WorkflowSpec spec = DefinitionLife.SpecOf(DefinitionLife.Hook("push")) with { RunOnApply = true };
        DefinitionLife life = new(spec);
        life.Turn().Turn().Runs.ShouldBe(["1"]);
        life.See("1", WorkflowPhases.Succeeded);
        life.Change(spec with { HistoryLimit = 5 });
        life.Runs.ShouldBe(["1"]);
        life.Change(spec with { RunToken = "again" });
        life.Turn().Runs.ShouldBe(["1", "3"]);
        life.See("3", WorkflowPhases.Succeeded);
        life.Change(spec);
        life.Turn().Runs.ShouldBe(["1", "3", "4"]);
    }

    [Fact]
    public void What_keeps_a_trigger_from_working_is_said()
    {
        DefinitionLife life = new(
            DefinitionLife.Cron("a", "0 0 31 2 *"),
            DefinitionLife.Cron("b", "@daily") with { TimeZone = "Europe/Atlantis" },
            DefinitionLife.Hook("c") with { When = "params.x == 1" },
            DefinitionLife.Hook("d") with { Params = [Value("x", "1")] },
            DefinitionLife.Hook("e"));
        life.Problems["e"] = "Secret s has no key k";
        life.Turn();
        life.Status.Triggers!.Select(static trigger => trigger.Problem!).ShouldBe(
            [
                "\"0 0 31 2 *\" names a day that never comes: correct day of month or month",
                "the time zone Europe/Atlantis is not known here: write an IANA name such as Europe/Berlin",
                life.Trigger("c").Problem!,
                "params names x, which is not declared in spec.params",
                "Secret s has no key k",
            ]);
        life.Trigger("c").Problem!.ShouldContain("params");
        Ready(life).ShouldBe((ConditionStatus.False, "TriggerProblem", $"trigger a: {life.Trigger("a").Problem}"));
    }

    /// <summary>Who brought one was told that it is kept: those that came between a look and the answer are more than may wait.</summary>
    [Fact]
    public void Events_that_were_accepted_wait_however_many_they_are()
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Hook("push")) with { Concurrency = ConcurrencyPolicies.Queue });
        for (int i = 0; i <= 102; i++)
        {
            life.Deliver("push", $"e{i:000}");
        }

        life.Decision.News.ShouldBeEmpty();
        life.Deliveries.Count(static delivery => !delivery.IsHandled).ShouldBe(102);
    }

    [Fact]
    public void A_run_on_record_that_could_not_be_created_is_not_made_up_for_once_its_trigger_is_gone()
    {
        DefinitionLife life = new(DefinitionLife.SpecOf(DefinitionLife.Hook("push"), DefinitionLife.Hook("other"))) { CanCreate = false };
        life.Deliver("push", "e1");
        life.Status.Children!.Single().Phase.ShouldBe(StepPhases.Starting);

        life.Change(DefinitionLife.SpecOf(DefinitionLife.Hook("other")));
        life.CanCreate = true;
        life.Turn();

        life.Runs.ShouldBeEmpty();
        life.Deliveries.ShouldAllBe(static delivery => delivery.IsHandled);
    }

    [Fact]
    public void A_run_on_record_that_could_not_be_created_waits_while_the_definition_is_suspended()
    {
        WorkflowSpec spec = DefinitionLife.SpecOf(DefinitionLife.Hook("push"));
        DefinitionLife life = new(spec) { CanCreate = false };
        life.Deliver("push", "e1");
        life.Change(spec with { Suspend = true });
        life.CanCreate = true;
        life.Turn().Runs.ShouldBeEmpty();

        life.Change(spec);

        life.Turn().Runs.ShouldBe(["e1"]);
    }

    /// <summary>A folder and a file of the database of time zones that are none.</summary>
    [Theory]
    [InlineData("Europe")]
    [InlineData("zone1970")]
    [InlineData("leapseconds")]
    public void A_time_zone_that_is_none_is_a_problem_of_its_trigger(string zone)
    {
        DefinitionLife life = new(DefinitionLife.Cron("nightly", "@daily") with { TimeZone = zone });
        life.Turn();
        life.Trigger("nightly").Problem.ShouldBe($"the time zone {zone} is not known here: write an IANA name such as Europe/Berlin");
    }

    [Fact]
    public void Where_triggers_come_to_a_Workflow_that_has_run_its_runs_are_history()
    {
        DefinitionLife life = new(new WorkflowSpec { Steps = [Life.Step("a")], RunOnApply = false });
        life.Turn();
        (life.Status.Phase, Ready(life).Reason, life.Status.Message).ShouldBe((WorkflowPhases.Waiting, "Defined", "runs as a step of other workflows"));
        ChildWorkflow.AncestryOf(life.Workflow).ShouldBe(["d"]);
    }

    private static ParameterValue Value(string name, string json) => new() { Name = name, Value = JsonElement.Parse(json) };

    private static (string Status, string Reason, string Message) Ready(DefinitionLife life) =>
        life.Status.Conditions!.Single(static condition => condition.Type == ConditionTypes.Ready) is var ready ? (ready.Status, ready.Reason, ready.Message) : default;
}
