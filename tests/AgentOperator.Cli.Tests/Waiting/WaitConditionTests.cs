using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Tests.Tree;
using AgentOperator.Cli.Waiting;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Tests.Waiting;

/// <summary>When <c>wait</c> has its answer.</summary>
public sealed class WaitConditionTests
{
    [Theory]
    [InlineData("succeeded", WorkflowPhases.Running, null)]
    [InlineData("succeeded", WorkflowPhases.Succeeded, true)]
    [InlineData("succeeded", WorkflowPhases.Failed, false)]
    [InlineData("succeeded", WorkflowPhases.Cancelled, false)]
    [InlineData("end", WorkflowPhases.Failed, true)]
    [InlineData("phase=failed", WorkflowPhases.Failed, true)]
    [InlineData("phase=Running", WorkflowPhases.Running, true)]
    [InlineData("phase=Suspended", WorkflowPhases.Succeeded, false)]
    [InlineData("gate", WorkflowPhases.Running, null)]
    [InlineData("gate", WorkflowPhases.Succeeded, false)]
    public void A_phase_is_the_answer(string condition, string phase, bool? expected) => Answer(condition, new WorkflowStatus { ObservedGeneration = 1, Phase = phase }).ShouldBe(expected);

    [Fact]
    public void An_end_before_the_newest_change_is_no_answer() => Answer("succeeded", new WorkflowStatus { ObservedGeneration = 0, Phase = WorkflowPhases.Succeeded }).ShouldBeNull();

    [Fact]
    public void A_spec_that_was_refused_is_a_no_whatever_the_last_run_was()
    {
        Condition stalled = new() { Type = ConditionTypes.Stalled, Status = ConditionStatus.True, Reason = "DependencyCycle" };

        Answer("succeeded", new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Succeeded, Conditions = [stalled] }).ShouldBe(false);
        Answer("succeeded", new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Pending, Conditions = [stalled] }).ShouldBe(false);
    }

    [Theory]
    [InlineData(StepPhases.Running, null)]
    [InlineData(StepPhases.Succeeded, true)]
    [InlineData(StepPhases.Skipped, true)]
    [InlineData(StepPhases.Failed, false)]
    [InlineData(StepPhases.Omitted, false)]
    public void A_step_is_the_answer(string phase, bool? expected) =>
        Answer("step=a", new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Running, Steps = [new StepStatus { Name = "a", Phase = phase }] }).ShouldBe(expected);

    [Fact]
    public void A_step_that_does_not_exist_is_an_error() =>
        Should.Throw<CliException>(static () => Answer("step=b", new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Running })).Message.ShouldBe("w has no step b");

    [Fact]
    public void An_open_gate_is_the_answer() =>
        Answer("gate", new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Running, Steps = [new StepStatus { Name = "a", Phase = StepPhases.Waiting, Waiting = new StepWaiting { Reason = WaitingReasons.Approval } }] }).ShouldBe(true);

    private static bool? Answer(string condition, WorkflowStatus status) => WaitCondition.Parse(condition)!.Holds(Sample.Of("w", [Sample.Step("a")], status));
}
