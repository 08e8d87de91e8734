namespace AgentOperator.EndToEnd.Agents;

/// <summary>One span as a collector got it; ids as hex digits, the parent's empty for a root.</summary>
internal sealed record CollectedSpan(string TraceId, string SpanId, string ParentId, string Name);
