namespace AgentOperator.Tracing;

/// <summary>One span that has ended (opentelemetry.proto.trace.v1.Span).</summary>
internal sealed record Span
{
    /// <summary>32 hex digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 hex digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>Null for the root of a trace.</summary>
    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Strings, whole numbers and booleans.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Attributes { get; init; } = [];

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }
}
