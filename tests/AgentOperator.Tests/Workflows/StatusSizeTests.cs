using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

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

        JsonSerializer.SerializeToUtf8Bytes(life.Status, ApiJsonContext.Default.WorkflowStatus).Length.ShouldBeLessThan(StatusSize.MaxBytes + (32 * 1024));
        life.Status.Conditions!.ShouldContain(static condition => condition.Type == "StatusTruncated");
        life.Status.Phase.ShouldBe(WorkflowPhases.Failed);
        life.Status.Steps!.ShouldAllBe(static step => step.Phase == StepPhases.Failed);
    }
}
