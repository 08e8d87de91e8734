using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.RunSpecs;

namespace AgentOperator.Tests.Workflows;

public sealed class StatusSizeTests
{
    [Fact]
    public void Sentences_on_ended_steps_are_cut_before_a_status_grows_too_large_and_it_is_said()
    {
        Life life = new Life([.. Enumerable.Range(0, 500).Select(static i => Life.Step($"a-step-with-a-rather-long-name-{i}"))]).Turn();
        string line = new('x', 1000);
        for (int i = 0; i < 500; i++)
        {
            life.Fail($"a-step-with-a-rather-long-name-{i}", 1, line);
        }

        JsonSerializer.SerializeToUtf8Bytes(life.Status with { RunSpec = null }, ApiJsonContext.Default.WorkflowStatus).Length.ShouldBeLessThan(StatusSize.MaxBytes + (32 * 1024));
        life.Status.Conditions!.ShouldContain(static condition => condition.Type == "StatusTruncated");
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Steps!.ShouldAllBe(static step => step.Phase == StepPhases.Failed);
    }

    [Fact]
    public void A_spec_that_is_kept_beside_the_status_does_not_count_against_its_size()
    {
        string script = new('s', 500);
        Life life = new Life([.. Enumerable.Range(0, 400).Select(i => Life.Step($"s{i}") with { Container = new ContainerStep { Image = "busybox:1", Command = [script] } })]).Turn();
        life.Status.RunSpecRevision.ShouldNotBeNull();
        string line = new('x', 100);
        for (int i = 0; i < 400; i++)
        {
            life.Fail($"s{i}", 1, line);
        }

        JsonSerializer.SerializeToUtf8Bytes(RunSpecStore.Strip(life.Status), ApiJsonContext.Default.WorkflowStatus).Length.ShouldBeLessThan(StatusSize.MaxBytes);
        life.Status.Conditions!.ShouldNotContain(static condition => condition.Type == "StatusTruncated");
        life["s0"].Message!.ShouldEndWith(line);
    }
}
