namespace AgentOperator.Api.Runtime;

/// <summary>What calls of models used.</summary>
public sealed record UsageReport
{
    /// <summary>Requests to models.</summary>
    public long Requests { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Input tokens that were read from a cache; part of <see cref="InputTokens"/>.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Cost in millionths of the currency; absent when no request had a price.</summary>
    public long? CostMicros { get; init; }

    /// <summary>Currency (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>Requests to models without a price: they are in no cost.</summary>
    public long UnpricedRequests { get; init; }
}
