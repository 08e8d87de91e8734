using System.Globalization;

namespace AgentOperator.Cel.Library;

/// <summary>Doubles as decimals; halves go to the even digit.</summary>
internal static class Numbers
{
    public static string Special(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    public static string Fixed(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Special(value);
        }

        // A half has just one binary digit more than there are decimals, so that one more decimal shows it exactly.
        double scaled = Math.ScaleB(value, precision + 1);
        string text = value.ToString("F" + (precision + 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (double.IsFinite(scaled) && Math.Truncate(scaled) == scaled && text[^1] == '5')
        {
            string cut = precision == 0 ? text[..^2] : text[..^1];
            if ((cut[^1] - '0') % 2 == 0)
            {
                return cut;
            }
        }

        return value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static string Scientific(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Special(value);
        }

        string text = value.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('e', StringComparison.Ordinal);
        return $"{text[..(exponent + 2)]}{text[(exponent + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }
}
