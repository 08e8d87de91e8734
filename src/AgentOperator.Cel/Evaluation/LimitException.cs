namespace AgentOperator.Cel.Evaluation;

/// <summary>A limit was reached: no error value, since nothing may absorb it.</summary>
internal sealed class LimitException(string message) : Exception(message);
