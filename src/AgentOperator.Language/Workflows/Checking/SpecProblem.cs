namespace AgentOperator.Workflows.Checking;

/// <summary>Why a spec cannot be run.</summary>
/// <param name="Reason">Reason of a condition.</param>
/// <param name="Message">A sentence that says what to do.</param>
/// <param name="Path">Place in the object, <c>spec.steps[build].needs</c>; null for the whole of it.</param>
internal sealed record SpecProblem(string Reason, string Message, string? Path = null);
