namespace AgentOperator.Api.Prices;

/// <summary>Tokens of one call to a model, or of several. What contains what, whatever the provider's own notation:
/// <see cref="Input"/> is the whole prompt and contains <see cref="CachedInput"/> and <see cref="CacheWrite"/>; <see cref="Output"/> contains <see cref="Reasoning"/>.
/// Never negative. (Anthropic reports input without the two cache counts, OpenAI with them: the adapters bring both to this form, as OpenTelemetry's
/// <c>gen_ai.usage.input_tokens</c> asks.)</summary>
public sealed record TokenUsage
{
    public static TokenUsage None { get; } = new();

    /// <summary>All tokens of the prompt, cached or not.</summary>
    public long Input { get; init; }

    /// <summary>All tokens that the model wrote, reasoning included.</summary>
    public long Output { get; init; }

    /// <summary>Tokens of the prompt that were read from the provider's cache.</summary>
    public long CachedInput { get; init; }

    /// <summary>Tokens of the prompt that were written to the provider's cache.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Tokens of the output that were spent on reasoning.</summary>
    public long Reasoning { get; init; }

    /// <summary>The sum by count; a count that would overflow stays at the largest number.</summary>
    public static TokenUsage Sum(IEnumerable<TokenUsage> usages) =>
        usages.Aggregate(None, static (sum, usage) => new TokenUsage
        {
            Input = Add(sum.Input, usage.Input),
            Output = Add(sum.Output, usage.Output),
            CachedInput = Add(sum.CachedInput, usage.CachedInput),
            CacheWrite = Add(sum.CacheWrite, usage.CacheWrite),
            Reasoning = Add(sum.Reasoning, usage.Reasoning),
        });

    private static long Add(long one, long other) => (long)Int128.Clamp((Int128)one + other, 0, long.MaxValue);
}
