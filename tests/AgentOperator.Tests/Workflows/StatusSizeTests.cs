using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.RunSpecs;

namespace AgentOperator.Tests.Workflows;

public sealed class StatusSizeTests
{
    [Theory]
    [InlineData('x', 1000)]
    [InlineData('x', 2000)]
    [InlineData('語', 2000)]
    public void Sentences_on_ended_steps_are_cut_before_a_status_grows_too_large_and_it_is_said(char letter, int length)
    {
        Life life = new Life([.. Enumerable.Range(0, 500).Select(static i => Life.Step($"a-step-with-a-rather-long-name-{i}"))]).Turn();
        string line = new(letter, length);
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

    [Fact]
    public void Long_sentences_on_steps_that_wait_and_places_of_items_are_cut_before_a_status_grows_too_large()
    {
        string places = string.Join(',', Enumerable.Range(0, 5000).Select(static place => place * 2));
        ItemsStatus items = new() { Total = 10_000, Digest = new string('0', 64), Succeeded = places, Failed = places };
        WorkflowStatus status = new()
        {
            Run = 1,
            Steps =
            [
                .. Enumerable.Range(0, 20).Select(i => new StepStatus { Name = $"each{i}", Phase = StepPhases.Succeeded, Items = items, Message = "5000 of 10000 items succeeded" }),
                .. Enumerable.Range(0, 400).Select(static i => new StepStatus { Name = $"s{i}", Phase = StepPhases.Pending, Waiting = new StepWaiting { Reason = WaitingReasons.Dependency, Message = new string('n', 1000) } }),
            ],
        };

        WorkflowStatus fit = StatusSize.Fit(status, DateTimeOffset.UnixEpoch);

        JsonSerializer.SerializeToUtf8Bytes(fit, ApiJsonContext.Default.WorkflowStatus).Length.ShouldBeLessThan(StatusSize.MaxBytes);
        fit.Conditions!.ShouldContain(static condition => condition.Type == "StatusTruncated");
        fit.Steps![0].Items!.Succeeded!.ShouldStartWith("0,2,4,");
        fit.Steps[0].Items!.Succeeded![^1].ShouldBeInRange('0', '9');
        fit.Steps[^1].Waiting!.Message!.ShouldEndWith("…");
        StatusSize.Fit(fit, DateTimeOffset.UnixEpoch).ShouldBeEquivalentTo(fit);
    }
}
