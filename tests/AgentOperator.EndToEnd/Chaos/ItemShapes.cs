using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows that do a step once for each item.</summary>
internal static class ItemShapes
{
    public static Shape Items(ShapeBuilder builder)
    {
        int items = builder.Random.Next(2, 8);
        bool isFlaky = builder.Random.Next(2) == 0;
        bool isForgiving = builder.Random.Next(2) == 0;
        ForEach each = new()
        {
            Items = $"[{string.Join(", ", Enumerable.Range(0, items).Select(static item => FormattableString.Invariant($"'item {item}'")))}]",
            Parallelism = builder.Random.Next(2) == 0 ? null : 2,
            MaxFailed = isForgiving ? 1 : null,
        };
        builder.Step("a", []);
        for (int item = 0; item < items; item++)
        {
            // The first is tried twice where items are flaky; the last cannot succeed where that is forgiven.
            int attempts = (isFlaky && item == 0) || (isForgiving && item == items - 1) ? 2 : 1;
            builder.Item("each", item, attempts).InOrder(ShapeBuilder.Line("steps", "a"), ShapeBuilder.ItemLine("each", item));
        }

        string script = $"{(isFlaky ? $"test $AGENTOPERATOR_INDEX -gt 0 || {{ {ShapeBuilder.FailUntil(1)}; }}; " : "")}{(isForgiving ? FormattableString.Invariant($"test $AGENTOPERATOR_INDEX -lt {items - 1} || exit {ShapeBuilder.ExitCode}; ") : "")}{ShapeBuilder.Give(1)}";
        return builder
            .Add(new WorkflowStep { Name = "each", Needs = ["a"], ForEach = each, Retry = new RetryPolicy { Limit = 1 }, Outputs = ShapeBuilder.Number, Container = ShapeBuilder.Counted("steps", script) })
            .Step("reduce", ["each"])
            .InOrder(ShapeBuilder.ItemLine("each", 0), ShapeBuilder.Line("steps", "reduce"))
            .Build("items", WorkflowPhases.Succeeded);
    }
}
