using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A way back: once the step has succeeded, the run goes on at an earlier step, and all between the two is done anew.</summary>
public sealed record StepNext
{
    /// <summary>Name of the step to go back to: one that this step needs, at whatever distance.</summary>
    [Bounds(1, 63)]
    public required string Goto { get; init; }

    /// <summary>CEL: go back only where it is true, such as <c>steps.review.outputs.issues.size() > 0</c>; always if absent.</summary>
    [Bounds(1, 4096)]
    public string? When { get; init; }

    /// <summary>How often the loop's body may be done in all, the first time included.</summary>
    [Bounds(1, 100)]
    public required int MaxVisits { get; init; }

    /// <summary>What it means that the loop would be done once more: Fail, the step fails; Continue, the run goes on behind the loop. Fail if absent.</summary>
    [OneOf(LoopLimitActions.Fail, LoopLimitActions.Continue)]
    public string? OnMaxVisits { get; init; }
}
