namespace AgentOperator.Api.Prices;

/// <summary>Usage times price.</summary>
public static class Cost
{
    private const long Million = 1_000_000;

    /// <summary>The cost of one call in millionths of the currency, or null without a price: unknown is never free.
    /// Rounding: the four parts of a call are added exactly and the sum is rounded up once, so a call that cost anything costs at least one millionth,
    /// and the sum over calls is never too low and too high by less than one millionth a call. A cost beyond the largest number stays there.</summary>
    public static long? Of(TokenUsage usage, ModelPrice? price)
    {
        if (price is null)
        {
            return null;
        }

        // A provider that reports more cached tokens than input must not lower the price below zero.
        long cached = Math.Clamp(usage.CachedInput, 0, Math.Max(0, usage.Input));
        long written = Math.Clamp(usage.CacheWrite, 0, Math.Max(0, usage.Input) - cached);
        long plain = Math.Max(0, usage.Input) - cached - written;
        Int128 sum = Part(plain, price.InputMicrosPerMillion)
            + Part(cached, price.CachedInputMicrosPerMillion ?? price.InputMicrosPerMillion)
            + Part(written, price.CacheWriteMicrosPerMillion ?? price.InputMicrosPerMillion)
            + Part(usage.Output, price.OutputMicrosPerMillion);
        return (long)Int128.Min((sum + Million - 1) / Million, long.MaxValue);
    }

    /// <summary>The sum of costs; null as soon as one of them is unknown, and for none at all 0.</summary>
    public static long? Sum(IEnumerable<long?> costs)
    {
        Int128 sum = 0;
        foreach (long? cost in costs)
        {
            if (cost is not { } known)
            {
                return null;
            }

            sum = Int128.Min(sum + known, long.MaxValue);
        }

        return (long)sum;
    }

    private static Int128 Part(long tokens, long price) => (Int128)Math.Max(0, tokens) * Math.Max(0, price);
}
