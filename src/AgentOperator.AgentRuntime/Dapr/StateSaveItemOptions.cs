namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>How to write one value.</summary>
internal sealed record StateSaveItemOptions
{
    /// <summary><c>first-write</c> or <c>last-write</c>.</summary>
    public required string Concurrency { get; init; }
}
