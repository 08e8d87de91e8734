namespace AgentOperator.Workflows;

/// <summary>The API server refuses a status for good: sending it again cannot help.</summary>
internal sealed class StatusRefusedException(string message, Exception innerException) : Exception(message, innerException);
