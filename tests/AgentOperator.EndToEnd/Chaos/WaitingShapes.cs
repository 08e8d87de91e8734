using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows that wait: for a time, for an event, for somebody.</summary>
internal static class WaitingShapes
{
    /// <summary>The event that is sent, with <see cref="Payload"/>.</summary>
    public const string Sent = "go";

    public const string Payload = """{"n":42}""";

    private const string NeverSent = "never";

    public static Shape Timer(ShapeBuilder builder) => Around(
        builder,
        new WaitStep { Duration = Seconds(builder.Random.Next(1, 4)) },
        goesOn: true,
        "timer");

    public static Shape Event(ShapeBuilder builder) => builder
        .Step("a", [])
        .Add(new WorkflowStep { Name = "wait", Needs = ["a"], Wait = new WaitStep { Event = new WaitEvent { Name = Sent } }, Outputs = ShapeBuilder.Number })
        .Step("b", ["wait"], "test \"$N\" = 42", with: static step => step with { Container = step.Container! with { Env = [new StepEnvVar { Name = "N", Value = "{{ steps.wait.outputs.n }}" }] } })
        .InOrder(ShapeBuilder.Line("steps", "a"), ShapeBuilder.Line("steps", "b"))
        .Build("event", WorkflowPhases.Succeeded);

    public static Shape MissedEvent(ShapeBuilder builder)
    {
        bool goesOn = builder.Random.Next(2) == 0;
        return Around(
            builder,
            new WaitStep { Event = new WaitEvent { Name = NeverSent, Timeout = Seconds(builder.Random.Next(1, 4)), OnTimeout = goesOn ? WaitTimeoutActions.Skip : null } },
            goesOn,
            "missed event");
    }

    public static Shape Checkpoint(ShapeBuilder builder)
    {
        int n = builder.Random.Next(1, 11);
        return builder
            .Step("a", [], ShapeBuilder.Give(n), with: static step => step with { Outputs = ShapeBuilder.Number, Checkpoint = new StepCheckpoint { When = "steps.a.outputs.n > 3", Action = CheckpointActions.Pause } })
            .Step("b", ["a"])
            .Build("checkpoint", WorkflowPhases.Succeeded);
    }

    public static Shape FailedCheckpoint(ShapeBuilder builder) => builder
        .Step("done", [], with: static step => step with { Compensate = ShapeBuilder.Undo() })
        .Step("a", ["done"], with: static step => step with { Checkpoint = new StepCheckpoint { Action = CheckpointActions.Fail } })
        .Step("never", ["a"], visits: 0)
        .Undone(["done"])
        .Build("failed checkpoint", WorkflowPhases.Compensated);

    private static Shape Around(ShapeBuilder builder, WaitStep wait, bool goesOn, string kind) => builder
        .Step("a", [])
        .Add(new WorkflowStep { Name = "wait", Needs = ["a"], Wait = wait })
        .Step("b", ["wait"], visits: goesOn ? 1 : 0)
        .InOrder(ShapeBuilder.Line("steps", "a"), ShapeBuilder.Line("steps", goesOn ? "b" : "a"))
        .Build(kind, goesOn ? WorkflowPhases.Succeeded : WorkflowPhases.Failed);

    private static Duration Seconds(int seconds) => new(FormattableString.Invariant($"{seconds}s"));
}
