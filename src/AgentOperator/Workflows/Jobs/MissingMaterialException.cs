namespace AgentOperator.Workflows.Jobs;

/// <summary>Something that an attempt is made of is not there now; it may be there for the next one. The message says what.</summary>
internal sealed class MissingMaterialException(string message) : Exception(message);
