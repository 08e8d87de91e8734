namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>A stored value and its version.</summary>
internal sealed record StateValue<T>(T Value, string? Etag);
