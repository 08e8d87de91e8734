namespace AgentOperator.AgentRuntime.Steps;

/// <summary>The step failed.</summary>
/// <param name="message">For the step's status: no keys, no prompts.</param>
/// <param name="isFinal">True: a retry of the same task fails again.</param>
internal sealed class StepFailedException(string message, bool isFinal = false) : Exception(message)
{
    public bool IsFinal { get; } = isFinal;
}
