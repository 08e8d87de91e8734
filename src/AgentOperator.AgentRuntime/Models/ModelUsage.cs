using AgentOperator.Api.Prices;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>From Microsoft.Extensions.AI's usage to the one that prices are applied to.</summary>
internal static class ModelUsage
{
    /// <summary>The name under which the adapters report tokens written to the cache, as the Anthropic package does.</summary>
    public const string CacheWrite = "CacheCreationInputTokens";

    /// <summary>Null stays null: a provider that does not say has not used nothing.</summary>
    public static TokenUsage? Of(UsageDetails? usage) => usage is null ? null : new TokenUsage
    {
        Input = Math.Max(0, usage.InputTokenCount ?? 0),
        Output = Math.Max(0, usage.OutputTokenCount ?? 0),
        CachedInput = Math.Max(0, usage.CachedInputTokenCount ?? 0),
        CacheWrite = Math.Max(0, usage.AdditionalCounts?.TryGetValue(CacheWrite, out long written) is true ? written : 0),
        Reasoning = Math.Max(0, usage.ReasoningTokenCount ?? 0),
    };
}
