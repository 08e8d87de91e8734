namespace AgentOperator.Probes;

/// <summary>The probes' server could not start; the message says what to do.</summary>
internal sealed class ProbeServerException(string message, Exception inner) : Exception(message, inner);
