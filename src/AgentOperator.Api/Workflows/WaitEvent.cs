using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>An event that a run waits for. It is sent by the annotation <see cref="RequestAnnotations.Event"/>, and its payload gives the step's outputs.</summary>
public sealed record WaitEvent
{
    /// <summary>Name of the event.</summary>
    [Bounds(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "an event's name is a DNS label: lower-case letters, digits and hyphens, such as payment-received")]
    public required string Name { get; init; }

    /// <summary>Longest wait, <c>1h</c>; for ever if absent.</summary>
    [CelRule("duration(self) >= duration('1s')", "event.timeout must be at least 1s")]
    public Duration? Timeout { get; init; }

    /// <summary>What the end of the timeout means; Fail if absent.</summary>
    [OneOf(WaitTimeoutActions.Fail, WaitTimeoutActions.Skip)]
    public string? OnTimeout { get; init; }
}
