using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows;
using AgentOperator.Tracing;

namespace AgentOperator.Tests.Tracing;

public sealed class RunSpansTests
{
    [Fact]
    public void A_step_is_told_of_once_when_it_ends_and_the_run_when_all_has()
    {
        Life life = new Life(Life.Step("a"), Life.Step("b", "a")).Turn();
        WorkflowStatus begun = life.Status;
        WorkflowStatus half = life.Succeed("a").Status;
        WorkflowStatus whole = life.Fail("b").Status;

        Span first = RunSpans.Between(life.Workflow, begun, half).ShouldHaveSingleItem();
        first.Name.ShouldBe("step a");
        first.Error.ShouldBeNull();
        first.TraceId.ShouldBe(half.Trace!.Id);
        IReadOnlyList<Span> rest = RunSpans.Between(life.Workflow, half, whole);
        rest.Select(static span => span.Name).ShouldBe(["step b", "invoke_workflow w"]);
        rest[0].Error.ShouldBe("NonZeroExit");
        rest[0].ParentSpanId.ShouldBe(rest[1].SpanId);
        rest[1].ParentSpanId.ShouldBeNull();
        RunSpans.Between(life.Workflow, whole, whole).ShouldBeEmpty();
    }

    [Fact]
    public void Another_process_tells_the_same_spans_under_the_same_ids()
    {
        Life life = new Life(Life.Step("a")).Turn();
        WorkflowStatus begun = life.Status;
        life.Succeed("a");

        Ids(RunSpans.Between(life.Workflow, null, life.Status)).ShouldBe(Ids(RunSpans.Between(life.Workflow, begun, life.Status)));
    }

    [Fact]
    public void The_step_that_a_pod_names_as_its_parent_is_the_step_that_is_told_of()
    {
        Life life = new Life(Life.Step("a")).Turn();
        string parent = life.BuildJob().Spec!.Template.Spec.Containers[0].Env!.Single(static variable => variable.Name == "TRACEPARENT").Value!;
        WorkflowStatus begun = life.Status;

        Span step = RunSpans.Between(life.Workflow, begun, life.Succeed("a").Status)[0];

        parent.ShouldBe($"00-{step.TraceId}-{step.SpanId}-01");
    }

    private static IEnumerable<string> Ids(IEnumerable<Span> spans) => spans.Select(static span => $"{span.TraceId}/{span.SpanId}/{span.ParentSpanId}");
}
