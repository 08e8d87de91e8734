using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>A look at a step that has succeeded, before what needs it goes on.</summary>
public sealed record StepCheckpoint
{
    /// <summary>CEL: the checkpoint applies only where it is true, such as <c>steps.review.outputs.score &lt; 80</c>; always if absent.</summary>
    [Bounds(1, 4096)]
    public string? When { get; init; }

    /// <summary>Pause: what needs the step waits until somebody lets it go on (<see cref="RequestAnnotations.Resume"/>). Notify: an event, and on. Fail: the step has failed. Continue: nothing but a message in status.</summary>
    [OneOf(CheckpointActions.Pause, CheckpointActions.Notify, CheckpointActions.Fail, CheckpointActions.Continue)]
    public required string Action { get; init; }

    /// <summary>Longest pause, <c>4h</c>; then the step has failed. For ever if absent. Does not count against timeouts.run.</summary>
    [CelRule("duration(self) >= duration('1s')", "checkpoint.timeout must be at least 1s")]
    public Duration? Timeout { get; init; }
}
