using AgentOperator.Api.Prices;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Reporting;

/// <summary>Sums of usage.</summary>
internal static class UsageMath
{
    public static UsageReport Add(UsageReport one, UsageReport other) => new()
    {
        Requests = one.Requests + other.Requests,
        InputTokens = one.InputTokens + other.InputTokens,
        OutputTokens = one.OutputTokens + other.OutputTokens,
        CachedInputTokens = one.CachedInputTokens + other.CachedInputTokens,
        CostMicros = one.CostMicros is null && other.CostMicros is null ? null : (one.CostMicros ?? 0) + (other.CostMicros ?? 0),
        Currency = one.Currency ?? other.Currency,
        UnpricedRequests = one.UnpricedRequests + other.UnpricedRequests,
    };

    /// <summary>The usage of one request to a model. Unknown tokens have an unknown price.</summary>
    public static UsageReport Of(TokenUsage? told, string provider, string model, PriceCatalogue? prices)
    {
        TokenUsage tokens = told ?? TokenUsage.None;
        long? cost = told is null ? null : Cost.Of(tokens, prices?.Find(provider, model));
        return new UsageReport
        {
            Requests = 1,
            InputTokens = tokens.Input,
            OutputTokens = tokens.Output,
            CachedInputTokens = tokens.CachedInput,
            CostMicros = cost,
            Currency = cost is null ? null : prices!.Currency,
            UnpricedRequests = cost is null ? 1 : 0,
        };
    }
}
