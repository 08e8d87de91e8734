namespace AgentOperator.Local.Dapr.State;

/// <summary>How to write.</summary>
internal sealed record StateOptions
{
    /// <summary><c>first-write</c> or <c>last-write</c>.</summary>
    public string? Concurrency { get; init; }

    /// <summary><c>eventual</c> or <c>strong</c>: the same in memory.</summary>
    public string? Consistency { get; init; }
}
