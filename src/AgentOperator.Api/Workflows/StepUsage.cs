using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>What a step's calls of models used, over all its attempts.</summary>
public sealed record StepUsage
{
    /// <summary>Requests to models.</summary>
    public long Requests { get; init; }

    /// <summary>Tokens of inputs.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of outputs.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Cost in millionths of the currency; absent when no request had a price.</summary>
    public long? CostMicros { get; init; }

    /// <summary>Currency (ISO 4217).</summary>
    [Bounds(0, 3)]
    public string? Currency { get; init; }

    /// <summary>Requests to models without a price: they are in no cost.</summary>
    public long? UnpricedRequests { get; init; }
}
