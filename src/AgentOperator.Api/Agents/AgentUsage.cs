using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What the agent used on one day.</summary>
public sealed record AgentUsage
{
    /// <summary>The day in UTC, <c>2026-03-01</c>.</summary>
    [Bounds(0, 10)]
    public required string Day { get; init; }

    /// <summary>Calls of skills.</summary>
    public long Calls { get; init; }

    /// <summary>Requests to models.</summary>
    public long Requests { get; init; }

    /// <summary>Input and output tokens together.</summary>
    public long Tokens { get; init; }

    /// <summary>Tokens of inputs.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of outputs.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Cost in millionths of the currency; absent when no call had a price.</summary>
    public long? CostMicros { get; init; }

    /// <summary>Currency (ISO 4217).</summary>
    [Bounds(0, 3)]
    public string? Currency { get; init; }

    /// <summary>Cost as text, <c>0.42 USD</c>.</summary>
    [Bounds(0, 64)]
    public string? Cost { get; init; }

    /// <summary>Requests to models without a price: they are in no cost.</summary>
    public long? UnpricedRequests { get; init; }
}
