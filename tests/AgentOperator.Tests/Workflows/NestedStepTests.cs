using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

/// <summary>A step that is a Workflow of its own.</summary>
public sealed class NestedStepTests
{
    [Fact]
    public void It_waits_for_the_Workflow_that_it_names_and_then_starts_one_on_record()
    {
        FakeNamespace around = new();
        Life life = new(Call()) { Surroundings = around };
        life.Turn();
        (life["call"].Phase, life["call"].Waiting!.Reason, life["call"].Waiting!.Message).ShouldBe((StepPhases.Waiting, WaitingReasons.Reference, "there is no Workflow library in this namespace"));
        life.Decision.WakeAt.ShouldBe(life.Now.AddSeconds(5));
        around.Workflows.Add(new Workflow { Metadata = new ObjectMeta { Name = "library" }, Spec = new WorkflowSpec { Steps = [] } });

        life.Turn();

        (life["call"].Phase, life.Decision.Starts.Single().Job).ShouldBe((StepPhases.Starting, life["call"].Job!));
        life.Decision.Starts.Single().Step.Workflow!.Name.ShouldBe("library");
    }

    [Fact]
    public void Its_outputs_are_those_of_the_Workflow()
    {
        Life life = Started(Call(new StepOutput { Name = "digest" }, new StepOutput { Name = "size", Type = ValueTypes.Integer }));
        life.See("call", Read(WorkflowPhases.Running));
        life["call"].Phase.ShouldBe(StepPhases.Running);

        life.See("call", Read(WorkflowPhases.Succeeded, """{"digest":"sha256:x","size":3,"other":1}"""));

        life["call"].Outputs!.Select(static output => $"{output.Key}={output.Value.GetRawText()}").ShouldBe(["digest=\"sha256:x\"", "size=3"]);
        life.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Theory]
    [InlineData("""{"size":3}""", "the Workflow has no output digest: declare it in its spec.outputs")]
    [InlineData("""{"digest":3}""", "output digest is declared as string, but the Workflow gave a number")]
    public void An_output_that_the_Workflow_does_not_give_fails_the_attempt(string outputs, string message)
    {
        Life life = Started(Call(new StepOutput { Name = "digest" }));
        life.See("call", Read(WorkflowPhases.Succeeded, outputs));
        (life["call"].Phase, life["call"].Reason, life["call"].Message).ShouldBe((StepPhases.Failed, "BadOutput", message));
    }

    [Theory]
    [InlineData(WorkflowPhases.Failed)]
    [InlineData(WorkflowPhases.Compensated)]
    [InlineData(WorkflowPhases.Cancelled)]
    public void It_fails_as_the_Workflow_does_and_is_tried_again_with_another_one(string phase)
    {
        Life life = Started(Call() with { Retry = new RetryPolicy { Limit = 1 } });
        string first = life["call"].Job!;
        life.See("call", Read(phase));
        life.After(TimeSpan.FromMinutes(1));
        life["call"].Job.ShouldNotBe(first);
        life.See("call", Read(phase));
        (life["call"].Phase, life["call"].Reason, life["call"].Message).ShouldBe((StepPhases.Failed, $"Workflow{phase}", $"the Workflow ended {phase}: said so"));
    }

    [Fact]
    public void A_Workflow_that_cannot_begin_or_is_deleted_ends_the_step()
    {
        Life refused = Started(Call() with { Retry = new RetryPolicy { Limit = 1, Policy = RetryPolicies.Always } });
        refused.See("call", NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Pending, Waiting = "Refused: Cycle", Message = "a needs a" })));
        (refused["call"].Phase, refused["call"].Reason, refused["call"].Message).ShouldBe((StepPhases.Errored, "InvalidWorkflow", "a needs a"));
        Life gone = Started(Call());
        gone.See("call", new AttemptObservation { State = AttemptState.Gone });
        (gone["call"].Phase, gone["call"].Reason).ShouldBe((StepPhases.Errored, "ResultLost"));
    }

    [Theory]
    [InlineData(CancelModes.Graceful)]
    [InlineData(CancelModes.Immediate)]
    public void A_cancel_asks_the_Workflow_below_to_end_the_same_way_once(string mode)
    {
        Life life = Started(Call());
        life.See("call", Read(WorkflowPhases.Running));
        string job = life["call"].Job!;

        life.Cancel($"1/{mode}");

        (life.Decision.Stops.Single().Job, life.Decision.Stops.Single().Nested!.Cancel).ShouldBe((job, $"4/{mode}"));
        AttemptObservation asked = NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 4 }, $"4/{mode}"));
        (asked.State, asked.IsDeleting).ShouldBe((AttemptState.Active, true));
        life.See("call", asked).Decision.Stops.ShouldBeEmpty();
    }

    [Fact]
    public void A_Workflow_below_that_undoes_what_it_did_is_told_of_an_immediate_cancel_too()
    {
        RunStop stop = new() { Reason = StopReasons.Cancelled, Mode = CancelModes.Graceful, At = new MicroTime(DateTimeOffset.UnixEpoch) };
        Life life = Started(Call(), Life.Step("bye"));
        life.See("call", Read(WorkflowPhases.Running)).Cancel("1/Graceful");
        AttemptObservation undoing = NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 4, Stop = stop }, "4/Graceful"));
        life.See("call", undoing).Decision.Stops.ShouldBeEmpty();
        life.Cancel("1/Immediate").See("call", undoing).Decision.Stops.Single().Nested!.Cancel.ShouldBe("4/Immediate");
        life.See("call", NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 4, Stop = stop }, "4/Immediate"))).Decision.Stops.ShouldBeEmpty();
    }

    [Fact]
    public void What_undoes_steps_and_finally_wait_until_the_Workflow_below_has_undone_what_it_did()
    {
        WorkflowStep ground = Life.Step("ground") with { Compensate = new StepCompensation { Container = new ContainerStep { Image = "undo:1" } } };
        Life life = new Life(new WorkflowSpec { Steps = [ground, Call() with { Needs = ["ground"] }], Finally = [Life.Step("bye")] }) { Surroundings = Library() }.Turn().Succeed("ground");
        life.See("call", Read(WorkflowPhases.Running)).Cancel("1/Graceful");
        AttemptObservation undoing = NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 4 }, "4/Graceful"));

        life.See("call", undoing).After(TimeSpan.FromMinutes(10)).Status.Compensations.ShouldBeNull();
        life["bye"].Phase.ShouldBe(StepPhases.Pending);

        life.See("call", Read(WorkflowPhases.Compensated)).Status.Compensations!.Single().Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void Time_that_people_take_below_does_not_count_above()
    {
        Life life = new Life(new WorkflowSpec { Steps = [Call()], Timeouts = new RunTimeouts { Run = new Duration("2h") } }) { Surroundings = Library() }.Turn();
        life.See("call", Read(WorkflowPhases.Running));
        AttemptObservation asking = NestedReader.Read(Child(new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 4, WaitingSince = new MicroTime(life.Now) }));
        life.See("call", asking).Status.WaitingSince.ShouldNotBeNull();

        life.After(TimeSpan.FromHours(20));
        life.Status.Stop.ShouldBeNull();
        life.See("call", Read(WorkflowPhases.Running)).Status.WaitingSince.ShouldBeNull();
        life.After(TimeSpan.FromHours(1)).Status.Stop.ShouldBeNull();
        life.After(TimeSpan.FromHours(2)).Status.Stop!.Reason.ShouldBe(StopReasons.DeadlineExceeded);
    }

    private static WorkflowStep Call(params StepOutput[] outputs) => new() { Name = "call", Workflow = new NestedWorkflowStep { Name = "library" }, Outputs = outputs };

    private static Life Started(WorkflowStep step, params WorkflowStep[] after) =>
        new Life(new WorkflowSpec { Steps = [step], Finally = after }) { Surroundings = Library() }.Turn();

    private static FakeNamespace Library()
    {
        FakeNamespace around = new();
        around.Workflows.Add(new Workflow { Metadata = new ObjectMeta { Name = "library" }, Spec = new WorkflowSpec { Steps = [] } });
        return around;
    }

    private static AttemptObservation Read(string phase, string outputs = "{}") =>
        NestedReader.Read(Child(new WorkflowStatus { Phase = phase, Run = 4, Message = "said so", Outputs = JsonElement.Parse(outputs).EnumerateObject().ToDictionary(static output => output.Name, static output => output.Value) }));

    private static Workflow Child(WorkflowStatus status, string? cancel = null) => new()
    {
        Metadata = new ObjectMeta { Name = "child", Uid = "u", Annotations = cancel is null ? null : new Dictionary<string, string> { [RequestAnnotations.Cancel] = cancel } },
        Spec = new WorkflowSpec { Steps = [] },
        Status = status,
    };
}
