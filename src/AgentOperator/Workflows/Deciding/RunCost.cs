using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Sums of what steps used.</summary>
internal static class RunCost
{
    /// <summary>Two usages as one. Costs of different currencies are not added: the first one's stays, and the other's requests count as unpriced.</summary>
    public static StepUsage? Add(StepUsage? one, StepUsage? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        bool isSame = one.Currency is null || other.Currency is null || one.Currency == other.Currency;
        long unpriced = (one.UnpricedRequests ?? 0) + (other.UnpricedRequests ?? 0) + (isSame ? 0 : other.Requests);
        return new StepUsage
        {
            Requests = one.Requests + other.Requests,
            InputTokens = one.InputTokens + other.InputTokens,
            OutputTokens = one.OutputTokens + other.OutputTokens,
            CostMicros = !isSame ? one.CostMicros : one.CostMicros is null ? other.CostMicros : one.CostMicros + (other.CostMicros ?? 0),
            Currency = one.Currency ?? other.Currency,
            UnpricedRequests = unpriced == 0 ? null : unpriced,
        };
    }

    /// <summary>The run's cost as text, or null when no step called a model: <c>0.0042 USD</c>, with <c>+?</c> when requests without a price are left out of it.</summary>
    public static string? Text(IEnumerable<StepStatus> steps)
    {
        StepUsage? sum = steps.Select(static step => step.Usage).Aggregate((StepUsage?)null, Add);
        return sum switch
        {
            null or { Requests: 0 } => null,
            { CostMicros: { } micros, Currency: { } currency } => $"{Api.Prices.Money.Format(micros, currency)}{(sum.UnpricedRequests > 0 ? " +?" : "")}",
            _ => "unknown",
        };
    }
}
