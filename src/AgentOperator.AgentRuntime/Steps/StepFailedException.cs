using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>The step failed.</summary>
/// <param name="message">For the step's status: no keys, no prompts.</param>
/// <param name="isFinal">True: a retry of the same task fails again.</param>
/// <param name="usage">What models used before it failed; null when nothing is known of it.</param>
internal sealed class StepFailedException(string message, bool isFinal = false, UsageReport? usage = null) : Exception(message)
{
    public bool IsFinal { get; } = isFinal;

    public UsageReport? Usage { get; } = usage;

    /// <summary>How the process ends; null for what <see cref="IsFinal"/> says.</summary>
    public int? ExitCode { get; init; }
}
