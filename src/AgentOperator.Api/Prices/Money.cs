using System.Globalization;

namespace AgentOperator.Api.Prices;

/// <summary>An amount in millionths of a currency, as people read it.</summary>
public static class Money
{
    /// <summary>All digits that count, at least two decimals: <c>0.0123 USD</c>, <c>12.50 USD</c>, <c>0.000001 USD</c>.</summary>
    public static string Format(long micros, string currency)
    {
        decimal amount = micros / 1_000_000m;
        return $"{amount.ToString("0.00####", CultureInfo.InvariantCulture)} {currency}";
    }
}
