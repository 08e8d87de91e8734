namespace AgentOperator.AgentRuntime.Loop;

/// <summary>An amount of money.</summary>
internal sealed record AnswerCost
{
    /// <summary>Millionths of the currency.</summary>
    public required long Micros { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary><c>0.0123 USD</c>.</summary>
    public required string Text { get; init; }
}
