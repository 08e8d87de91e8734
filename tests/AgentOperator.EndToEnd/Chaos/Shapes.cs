using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows of every shape in turn; the same seed gives the same workflows.</summary>
internal static class Shapes
{
    private static readonly Func<ShapeBuilder, Shape>[] Kinds =
    [
        Chain, Graph,
        FailingShapes.Retried, FailingShapes.GivenUp, FailingShapes.NotRetryable, FailingShapes.Saga, FailingShapes.BranchedSaga, FailingShapes.StuckSaga,
        LoopShapes.Loop, LoopShapes.RetriedLoop, LoopShapes.Endless, LoopShapes.Conditional,
        WaitingShapes.Timer, WaitingShapes.Event, WaitingShapes.MissedEvent, WaitingShapes.Checkpoint, WaitingShapes.FailedCheckpoint,
        GateShapes.Approved, GateShapes.Rejected, GateShapes.Exclusive, ItemShapes.Items,
    ];

    public static IReadOnlyList<Shape> Of(string ns, int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => Kinds[i % Kinds.Length](new ShapeBuilder(ns, $"w{i}", new Random(HashCode(seed, i)))))];

    private static Shape Chain(ShapeBuilder builder)
    {
        int steps = builder.Random.Next(2, 7);
        for (int i = 0; i < steps; i++)
        {
            builder.Step($"s{i}", i == 0 ? [] : [$"s{i - 1}"]);
        }

        return builder.Build("chain", WorkflowPhases.Succeeded);
    }

    private static Shape Graph(ShapeBuilder builder)
    {
        int steps = builder.Random.Next(6, 13);
        for (int i = 0; i < steps; i++)
        {
            int[] before = [.. Enumerable.Range(0, i)];
            builder.Random.Shuffle(before);
            builder.Step($"s{i}", [.. before.Take(builder.Random.Next(0, 4)).Select(static need => $"s{need}")]);
        }

        return builder.Finally("last").Build("graph", WorkflowPhases.Succeeded, spec => builder.Random.Next(2) == 0 ? spec : spec with { Parallelism = 3 });
    }

    // HashCode.Combine differs from process to process.
    private static int HashCode(int seed, int index) => unchecked((seed * 1_000_003) + index);
}
