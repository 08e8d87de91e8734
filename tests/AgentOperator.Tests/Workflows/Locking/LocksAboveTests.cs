using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Triggers.Children;

namespace AgentOperator.Tests.Workflows.Locking;

/// <summary>Locks of Workflows that are steps of others.</summary>
public sealed class LocksAboveTests
{
    private static readonly WorkflowStep Call = new() { Name = "call", Workflow = new NestedWorkflowStep { Name = "library" }, Mutex = "database" };

    [Fact]
    public void A_Workflow_below_is_told_as_whom_those_above_it_hold_locks()
    {
        Workflow parent = Parent(new WorkflowSpec { Steps = [Call], Mutex = "run" });
        AttemptStart start = new(Call, 2, "w-call-x") { Visit = 3 };

        LocksAbove.Below(parent, 7, start).ShouldBe(["0d6f/7", "0d6f/7/call/3"]);

        Workflow child = NestedStarter.Build(parent, new WorkflowStatus { Run = 7, RunSpec = new RunSpec { Steps = [Call] } }, start, new Workflow { Metadata = new ObjectMeta { Name = "library" }, Spec = new WorkflowSpec { Steps = [] } }, []);
        LocksAbove.Of(child).ShouldBe(["0d6f/7", "0d6f/7/call/3"]);
        LocksAbove.Below(child, 1, new AttemptStart(Call with { Mutex = null }, 1, "x")).ShouldBe(["0d6f/7", "0d6f/7/call/3"]);
        LocksAbove.Below(Parent(new WorkflowSpec { Steps = [] }), 7, new AttemptStart(Call with { Mutex = null }, 1, "x")).ShouldBeEmpty();
    }

    [Fact]
    public void It_has_the_lock_that_its_parent_holds_for_it_and_asks_for_none()
    {
        Life child = new(new WorkflowSpec { Steps = [Life.Step("migrate") with { Mutex = "database" }] }) { Locks = new HeldBy("0d6f/7/call/3") };
        child.Within("0d6f/7/call/3");

        child["migrate"].Phase.ShouldBe(StepPhases.Starting);
        child.Decision.Locks.ShouldBeEmpty();
        child.BuildJob().Spec!.Template.Metadata!.Labels![LocksAbove.LabelOf("0d6f/7/call/3")].ShouldBe("true");
    }

    [Fact]
    public void An_annotation_that_somebody_wrote_gives_no_lock_and_keeps_none()
    {
        Life stranger = new(new WorkflowSpec { Steps = [Life.Step("migrate") with { Mutex = "database" }, Life.Step("free")] }) { Locks = new HeldBy("0d6f/7/call/3") };
        stranger.Annotate(Labels.Within, "0d6f/7/call/3");

        stranger["migrate"].Waiting!.Reason.ShouldBe(WaitingReasons.Lock);
        stranger.BuildJob().Spec!.Template.Metadata!.Labels!.Keys.ShouldNotContain(LocksAbove.LabelOf("0d6f/7/call/3"));
        stranger.Within("0d6f/9/other/1").Annotate(Labels.Within, "0d6f/9/other/1,0d6f/7/call/3");
        LocksAbove.Of(stranger.Workflow).ShouldBe(["0d6f/9/other/1"]);
    }

    [Fact]
    public void It_waits_for_a_lock_that_somebody_else_holds()
    {
        Life child = new(new WorkflowSpec { Steps = [Life.Step("migrate") with { Mutex = "database" }] }) { Locks = new HeldBy("other/1/a/1") };
        child.Within("0d6f/7/call/3");

        child["migrate"].Waiting!.Reason.ShouldBe(WaitingReasons.Lock);
        child.Decision.Locks.Single().Holder.ShouldBe("0d6f/1/migrate/1");
    }

    [Fact]
    public void What_ends_a_run_that_never_got_its_lock_waits_for_it_too()
    {
        WorkflowSpec spec = new() { Mutex = "staging", Steps = [Life.Step("deploy")], Finally = [Life.Step("tear-down")] };
        Life waiting = new(spec) { Locks = new HeldBy("other/1") };
        waiting.Turn()["deploy"].Waiting!.Reason.ShouldBe(WaitingReasons.Lock);

        waiting.Cancel("1/Graceful");
        (waiting["tear-down"].Phase, waiting["tear-down"].Waiting!.Reason).ShouldBe((StepPhases.Waiting, WaitingReasons.Lock));
        waiting.Decision.Locks.Single().Holder.ShouldBe("0d6f/1");

        waiting.Locks = new HeldBy("0d6f/1");
        waiting.Turn()["tear-down"].Phase.ShouldBe(StepPhases.Starting);
        waiting.Decision.Locks.Single().Holder.ShouldBe("0d6f/1");
        waiting.Succeed("tear-down").Status.Phase.ShouldBe(WorkflowPhases.Cancelled);
        waiting.Decision.Locks.ShouldBeEmpty();
    }

    private static Workflow Parent(WorkflowSpec spec) => new() { Metadata = new ObjectMeta { Name = "w", Namespace = "n", Uid = "0d6f" }, Spec = spec };

    private sealed class HeldBy(string holder) : ILocks
    {
        public LockAnswer Look(string ns, LockRequest request) => request.Holder == holder ? new LockAnswer(true, null) : new LockAnswer(false, "somebody else has it");
    }
}
