using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows that fail on purpose: retries, ends, and what is undone.</summary>
internal static class FailingShapes
{
    public static Shape Retried(ShapeBuilder builder)
    {
        int failures = builder.Random.Next(1, 3);
        RetryPolicy retry = new()
        {
            Limit = failures,
            Backoff = builder.Random.Next(2) == 0 ? null : new RetryBackoff { Initial = new Duration("1s"), JitterPercent = 50 },
            NonRetryableExitCodes = [64],
        };
        return builder
            .Step("a", [])
            .Step("flaky", ["a"], ShapeBuilder.FailUntil(failures), attempts: failures + 1, with: step => step with { Retry = retry })
            .Step("b", ["flaky"])
            .Build("retried", WorkflowPhases.Succeeded);
    }

    public static Shape GivenUp(ShapeBuilder builder)
    {
        int limit = builder.Random.Next(0, 3);
        return builder
            .Step("a", [])
            .Step("bad", ["a"], $"exit {ShapeBuilder.ExitCode}", attempts: limit + 1, with: step => step with { Retry = new RetryPolicy { Limit = limit } })
            .Step("never", ["bad"], visits: 0)
            .Finally("last")
            .Build("given up", WorkflowPhases.Failed);
    }

    public static Shape NotRetryable(ShapeBuilder builder) => builder
        .Step("a", [])
        .Step("bad", ["a"], "exit 64", with: static step => step with { Retry = new RetryPolicy { Limit = 3, NonRetryableExitCodes = [64] } })
        .Step("never", ["bad"], visits: 0)
        .Build("not retryable", WorkflowPhases.Failed);

    public static Shape Saga(ShapeBuilder builder)
    {
        int steps = builder.Random.Next(2, 6);
        bool isFlaky = builder.Random.Next(2) == 0;
        StepCompensation undo = isFlaky ? ShapeBuilder.Undo(ShapeBuilder.FailUntil(1), new RetryPolicy { Limit = 1 }) : ShapeBuilder.Undo();
        List<string> undone = [];
        for (int i = 0; i < steps; i++)
        {
            bool isUndone = i == 0 || builder.Random.Next(4) > 0;
            builder.Step($"s{i}", i == 0 ? [] : [$"s{i - 1}"], with: step => isUndone ? step with { Compensate = undo } : step);
            if (isUndone)
            {
                undone.Insert(0, $"s{i}");
            }
        }

        return Fail(builder, [$"s{steps - 1}"]).Undone(undone, isFlaky ? 2 : 1).Finally("last").Build("saga", WorkflowPhases.Compensated);
    }

    public static Shape BranchedSaga(ShapeBuilder builder)
    {
        string[] branches = ["b0", "b1", "b2"];
        builder.Step("root", [], with: Undoing);
        foreach (string branch in branches)
        {
            builder.Step(branch, ["root"], with: Undoing).Undone([branch]).InOrder(ShapeBuilder.Line("undo", branch), ShapeBuilder.Line("undo", "root"));
        }

        return Fail(builder, branches).Undone(["root"]).Build("branched saga", WorkflowPhases.Compensated);
    }

    /// <summary>What cannot be undone is told, and does not keep the rest from being undone.</summary>
    public static Shape StuckSaga(ShapeBuilder builder) => Fail(
            builder
                .Step("a", [], with: Undoing)
                .Step("b", ["a"], with: static step => step with { Compensate = ShapeBuilder.Undo($"exit {ShapeBuilder.ExitCode}") }),
            ["b"])
        .Undone(["b", "a"])
        .Build("stuck saga", WorkflowPhases.Failed);

    private static ShapeBuilder Fail(ShapeBuilder builder, string[] needs) => builder.Step("bad", needs, $"exit {ShapeBuilder.ExitCode}");

    private static WorkflowStep Undoing(WorkflowStep step) => step with { Compensate = ShapeBuilder.Undo() };
}
