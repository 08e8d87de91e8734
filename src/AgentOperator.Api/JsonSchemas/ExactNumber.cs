using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>A JSON number without loss: sign, digits without leading and trailing zeros, and the power of ten that they are multiplied by.</summary>
internal readonly record struct ExactNumber(int Sign, string Digits, long Exponent)
{
    private const int MaxDigits = 1000;
    private const long ExponentCap = long.MaxValue / 4;

    /// <summary>1.0 is an integer, as JSON Schema has it.</summary>
    public bool IsInteger => Exponent >= 0;

    public static ExactNumber Of(JsonElement number)
    {
        string text = number.GetRawText();
        int end = text.AsSpan().IndexOfAny('e', 'E');
        long exponent = end < 0 ? 0 : ParseExponent(text.AsSpan(end + 1));
        ReadOnlySpan<char> mantissa = text.AsSpan(0, end < 0 ? text.Length : end);
        int sign = mantissa[0] == '-' ? -1 : 1;
        string plain = mantissa.TrimStart('-').ToString();
        int point = plain.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= plain.Length - point - 1;
            plain = plain.Remove(point, 1);
        }

        string digits = plain.TrimStart('0');
        string trimmed = digits.TrimEnd('0');
        return trimmed.Length == 0 ? new ExactNumber(0, "", 0) : new ExactNumber(sign, trimmed, exponent + digits.Length - trimmed.Length);
    }

    /// <summary>Negative, zero or positive: less, equal or more than the other.</summary>
    public int Against(ExactNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        int magnitude = (Digits.Length + Exponent).CompareTo(other.Digits.Length + other.Exponent);
        return Sign * (magnitude != 0 ? magnitude : string.CompareOrdinal(Digits, other.Digits));
    }

    /// <summary>Exact at any size; null when there are too many digits to tell in reasonable time.</summary>
    public bool? IsMultipleOf(ExactNumber divisor)
    {
        if (Sign == 0)
        {
            return true;
        }

        // Digits never end in a zero, so nothing is a multiple of a divisor that does.
        if (Exponent < divisor.Exponent)
        {
            return false;
        }

        if (Digits.Length > MaxDigits || divisor.Digits.Length > MaxDigits)
        {
            return null;
        }

        BigInteger by = BigInteger.Parse(divisor.Digits, CultureInfo.InvariantCulture);
        BigInteger scale = BigInteger.ModPow(10, Exponent - divisor.Exponent, by);
        return (BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * scale % by).IsZero;
    }

    private static long ParseExponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exponent)
            ? Math.Clamp(exponent, -ExponentCap, ExponentCap)
            : text[0] == '-' ? -ExponentCap : ExponentCap;
}
