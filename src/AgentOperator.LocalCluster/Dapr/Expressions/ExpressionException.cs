namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>An expression cannot be read, or not be evaluated for an event; the message says where and why.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
