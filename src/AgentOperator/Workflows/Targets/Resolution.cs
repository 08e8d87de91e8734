using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Targets;

/// <summary>What a step was resolved to, or what it waits for.</summary>
/// <param name="Target">The target; null for a step that needs none, and while it waits.</param>
/// <param name="Waiting">One of <see cref="WaitingReasons"/>; null when nothing is missing.</param>
/// <param name="Message">What to do about it.</param>
internal sealed record Resolution(StepTarget? Target, string? Waiting = null, string? Message = null)
{
    public static Resolution Missing(string message) => new(null, WaitingReasons.Reference, message);

    public static Resolution NotReady(string message) => new(null, WaitingReasons.AgentNotReady, message);
}
