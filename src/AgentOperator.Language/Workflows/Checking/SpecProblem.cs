namespace AgentOperator.Workflows.Checking;

/// <summary>Why a spec cannot be run: a condition reason, and a sentence that says what to do.</summary>
internal sealed record SpecProblem(string Reason, string Message);
