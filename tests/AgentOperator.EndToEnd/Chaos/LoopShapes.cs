using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows that go back, and workflows that leave steps out.</summary>
internal static class LoopShapes
{
    private const int MaxVisits = 5;

    public static Shape Loop(ShapeBuilder builder)
    {
        int visits = builder.Random.Next(1, 4);
        return Body(builder, visits, 1, new StepNext { Goto = "head", When = FormattableString.Invariant($"visit < {visits}"), MaxVisits = MaxVisits })
            .Step("after", ["tail"])
            .Build("loop", WorkflowPhases.Succeeded);
    }

    public static Shape RetriedLoop(ShapeBuilder builder)
    {
        int visits = builder.Random.Next(2, 4);
        return Body(builder, visits, 2, new StepNext { Goto = "head", When = "steps.tail.outputs.n == 1", MaxVisits = MaxVisits })
            .Step("after", ["tail"])
            .Build("retried loop", WorkflowPhases.Succeeded);
    }

    public static Shape Endless(ShapeBuilder builder)
    {
        bool goesOn = builder.Random.Next(2) == 0;
        int visits = builder.Random.Next(1, 4);
        return Body(builder, visits, 1, new StepNext { Goto = "head", MaxVisits = visits, OnMaxVisits = goesOn ? LoopLimitActions.Continue : null })
            .Step("after", ["tail"], visits: goesOn ? 1 : 0)
            .Build("endless loop", goesOn ? WorkflowPhases.Succeeded : WorkflowPhases.Failed);
    }

    public static Shape Conditional(ShapeBuilder builder)
    {
        int n = builder.Random.Next(1, 11);
        return builder
            .Step("ask", [], ShapeBuilder.Give(n), with: static step => step with { Outputs = ShapeBuilder.Number })
            .Step("large", ["ask"], visits: n > 5 ? 1 : 0, with: static step => step with { When = "steps.ask.outputs.n > 5" })
            .Step("small", ["ask"], visits: n > 5 ? 0 : 1, with: static step => step with { When = "steps.ask.outputs.n <= 5" })
            .Step("after", ["large", "small"])
            .Build("conditional", WorkflowPhases.Succeeded);
    }

    private static ShapeBuilder Body(ShapeBuilder builder, int visits, int attempts, StepNext next) => builder
        .Step("before", [])
        .Step("head", ["before"], visits: visits)
        .Step("middle", ["head"], ShapeBuilder.FailUntil(attempts - 1), visits, attempts, step => step with { Retry = new RetryPolicy { Limit = attempts - 1 } })
        .Step("tail", ["middle"], FormattableString.Invariant($"test $AGENTOPERATOR_VISIT -lt {visits} && {ShapeBuilder.Give(1)} || {ShapeBuilder.Give(0)}"), visits, with: step => step with { Outputs = ShapeBuilder.Number, Next = next });
}
