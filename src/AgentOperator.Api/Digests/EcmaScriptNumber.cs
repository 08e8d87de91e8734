using System.Globalization;

namespace AgentOperator.Api.Digests;

/// <summary>Number to text as ECMAScript does it (ECMA-262, Number::toString), which RFC 8785 prescribes.</summary>
internal static class EcmaScriptNumber
{
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // .NET's "E16" is not the shortest form, "R" is; both are taken apart into digits and exponent.
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        string sign = shortest[0] == '-' ? "-" : "";
        string[] parts = shortest[sign.Length..].Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        int exponent = (point < 0 ? parts[0].Length : point) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        int leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leading..].TrimEnd('0');
        return sign + Place(digits, exponent - leading);
    }

    /// <summary>Writes 0.digits · 10^exponent.</summary>
    private static string Place(string digits, int exponent)
    {
        int count = digits.Length;
        if (count <= exponent && exponent <= 21)
        {
            return digits.PadRight(exponent, '0');
        }

        if (exponent is > 0 and <= 21)
        {
            return digits[..exponent] + "." + digits[exponent..];
        }

        if (exponent is > -6 and <= 0)
        {
            return "0." + new string('0', -exponent) + digits;
        }

        int power = exponent - 1;
        string mantissa = count == 1 ? digits : digits[..1] + "." + digits[1..];
        return mantissa + (power < 0 ? "e-" : "e+") + Math.Abs(power).ToString(CultureInfo.InvariantCulture);
    }
}
