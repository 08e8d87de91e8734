using System.Globalization;

namespace AgentOperator.Cel.Values;

/// <summary>Values as strings, as <c>string()</c> and JSON have them.</summary>
internal static class Texts
{
    public static string Double(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text : $"{text[..exponent]}e{text[exponent + 1]}{text[(exponent + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }

    /// <summary>RFC 3339 in UTC, with as many digits of the second as there are.</summary>
    public static string Timestamp(in CelValue value)
    {
        string seconds = DateTimeOffset.UnixEpoch.AddSeconds(value.Bits).ToString("yyyy'-'MM'-'dd'T'HH':'mm':'ss", CultureInfo.InvariantCulture);
        return $"{seconds}{Fraction(value.Nanos)}Z";
    }

    /// <summary>Seconds: <c>3.5s</c>.</summary>
    public static string Duration(long nanoseconds)
    {
        UInt128 magnitude = nanoseconds < 0 ? (UInt128)(-(Int128)nanoseconds) : (UInt128)nanoseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{(nanoseconds < 0 ? "-" : "")}{magnitude / 1_000_000_000}{Fraction((int)(magnitude % 1_000_000_000))}s");
    }

    private static string Fraction(int nanos) => nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
}
