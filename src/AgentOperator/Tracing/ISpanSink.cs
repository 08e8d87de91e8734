namespace AgentOperator.Tracing;

/// <summary>Takes spans that have ended.</summary>
internal interface ISpanSink
{
    /// <summary>Never waits; what cannot be kept is counted and dropped.</summary>
    void Add(IReadOnlyList<Span> spans);
}
