namespace AgentOperator.AgentRuntime.Serving;

/// <summary>A request's body is longer than it may be.</summary>
internal sealed class BodyTooLargeException() : Exception("The request is too large.");
