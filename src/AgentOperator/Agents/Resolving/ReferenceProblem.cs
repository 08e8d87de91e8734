namespace AgentOperator.Agents.Resolving;

/// <summary>Something that the spec names and that is not there.</summary>
/// <param name="Reason">One word for programs.</param>
/// <param name="Message">What is missing, by name, and what to do.</param>
internal sealed record ReferenceProblem(string Reason, string Message);
